import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Files that are named; a run of no more than these has no need of the list. */
const NAMED = 25;

/** A file of tests and the seconds that it took, its imports with it. */
export interface FileTime {
  readonly file: string;
  readonly seconds: number;
}

/** The longest files, by seconds; undefined where so few ran that everybody sees them. `.ci/run` knows the first line. */
export function longestFiles(times: readonly FileTime[]): string | undefined {
  if (times.length <= NAMED) return undefined;
  const longest = [...times].sort((a, b) => b.seconds - a.seconds).slice(0, NAMED);
  const rows = longest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${file}`);
  return [`Longest of ${times.length} files:`, ...rows].join('\n');
}

/** Says before the runner's own summary which files took longest. */
export class LongestFiles implements Reporter {
  private root = process.cwd();

  public constructor(private readonly say: (text: string) => void = (text) => process.stdout.write(text)) {}

  public onInit({ config }: Pick<Vitest, 'config'>): void {
    this.root = config.root;
  }

  public onTestRunEnd(modules: readonly TestModule[]): void {
    const table = longestFiles(
      modules.map((module) => {
        const { collectDuration, setupDuration, duration } = module.diagnostic();
        return {
          file: relative(this.root, module.moduleId),
          seconds: (collectDuration + setupDuration + duration) / 1000,
        };
      }),
    );
    if (table !== undefined) this.say(`\n${table}\n`);
  }
}
