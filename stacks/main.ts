import { choicesFromEnvironment, preparePlan } from '../src/app';
import { InputError } from '../src/errors';
import type { Diagnostic } from '../src/model';
import { PLAIN, renderDiagnostics } from '../src/reports';
import { synthesize } from './synthesize';

/** Where cdktf's own commands look unless they say otherwise. */
const DEFAULT_OUTDIR = 'cdktf.out';

/**
 * The cdktf app: what `cdktf synth` runs. It does what the `synth` command does, with its choices taken from the
 * environment: PLR_INVENTORY, PLR_ENV, PLR_FROZEN, and the output folder from cdktf's CDKTF_OUTDIR.
 */
async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const choices = choicesFromEnvironment(env);
  try {
    const { plan, diagnostics } = await preparePlan({ ...choices, write: true, resolve: true });
    synthesize(plan, env.CDKTF_OUTDIR || DEFAULT_OUTDIR, choices.env === undefined ? {} : { env: choices.env });
    print(diagnostics);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print(error.diagnostics);
    process.exitCode = 1;
  }
}

function print(diagnostics: readonly Diagnostic[]): void {
  process.stderr.write(renderDiagnostics(diagnostics, PLAIN, () => undefined));
}

void main(process.env);
