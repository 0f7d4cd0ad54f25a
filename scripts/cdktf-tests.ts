import { resolve } from 'node:path';
import { ImportGraph, testFiles } from './import-graph';

/** How a test file stands to cdktf. */
export type Standing =
  /** It never loads it, nor starts a program of ours that does: another cdktf can change nothing in it. */
  | 'apart'
  /** It lets a real terraform or a machine run what came out of cdktf: equal bytes behave alike. */
  | 'consumes'
  | 'loads';

/** Where Terraform's providers and the forwarders' machines begin: a test that comes here runs what cdktf wrote. */
const RUNNERS = ['test/terraform/support/providers.ts', 'test/dataplane/support/lab.ts'];

/** The test files of a checkout by what they have to do with cdktf, read from what they import and start. */
export function standings(root: string): ReadonlyMap<string, Standing> {
  const graph = new ImportGraph(root);
  const standing = (file: string): Standing => {
    const reached = graph.reach(file);
    const loads = [...reached].some((name) => /^(cdktf|constructs|@cdktf\/.*)$/.test(name));
    if (!loads) return 'apart';
    return RUNNERS.some((runner) => reached.has(runner)) ? 'consumes' : 'loads';
  };
  return new Map(testFiles(root).map((file) => [file, standing(file)]));
}

// `tsx scripts/cdktf-tests.ts loads`: the files of one standing, one in each line.
if (require.main === module) {
  const wanted = process.argv[2];
  const files = [...standings(resolve(__dirname, '..'))].filter(([, standing]) => standing === wanted);
  process.stdout.write(files.map(([file]) => `${file}\n`).join(''));
}
