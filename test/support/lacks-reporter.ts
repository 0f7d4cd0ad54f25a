import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { lacksTable } from './lacks';

/** Says once, before the runner's own summary, what the skipped tests lack and how to get it. */
export class LacksReporter implements Reporter {
  private filtered = false;

  public constructor(private readonly say: (text: string) => void = (text) => process.stdout.write(text)) {}

  public onInit({ config }: Pick<Vitest, 'config'>): void {
    // Whoever asks for tests by name skips all others on purpose.
    this.filtered = config.testNamePattern !== undefined;
  }

  public onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.filtered) return;
    const skipped = modules.flatMap(({ children }) => [...children.allTests('skipped')]);
    const table = lacksTable(skipped.map((test) => test.meta().lacks ?? []));
    if (table !== undefined) this.say(`\n${table}\n`);
  }
}
