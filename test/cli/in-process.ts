import { main } from '../../src/cli/main';
import type { Diagnostic } from '../../src/model';

/** What a run of the command line in this process printed. */
export interface InProcess {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, in the folder where it is; neither `CI` nor colours. */
export async function runInProcess(...args: readonly string[]): Promise<InProcess> {
  let [out, err] = ['', ''];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const code = await main(args, { stdout, stderr, env: {} });
  return { code, out, err };
}

/** The diagnostics of a command, as `--format json` prints them. */
export async function diagnosticsOf(...args: readonly string[]): Promise<readonly Diagnostic[]> {
  const { out, err } = await runInProcess(...args, '--format', 'json');
  try {
    return (JSON.parse(out) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  } catch {
    throw new Error(`${args.join(' ')}: ${err}`);
  }
}
