import { preparePlan } from '../src/app';
import { InputError } from '../src/errors';
import { synthesize } from './synthesize';

/** The cdktf app: `cdktf synth` runs it and tells it the output folder. */
async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const ci = env.CI !== undefined && env.CI !== '' && env.CI !== 'false';
  const frozen = env.PLR_FROZEN === undefined || env.PLR_FROZEN === '' ? ci : env.PLR_FROZEN !== 'false';
  const { plan, diagnostics } = await preparePlan({
    file: env.PLR_INVENTORY || 'privatelink-router.yaml',
    ...(env.PLR_ENV ? { env: env.PLR_ENV } : {}),
    frozen,
    write: !frozen,
  });
  for (const { severity, code, message, fix } of diagnostics) console.error(`${severity} ${code}: ${message} ${fix}`);
  synthesize(plan, env.CDKTF_OUTDIR ?? 'cdktf.out', env.PLR_ENV ? { env: env.PLR_ENV } : {});
}

main(process.env).catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  for (const { severity, code, message, file, line, column, fix } of error.diagnostics) {
    const place = file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
    console.error(`${place}${severity} ${code}: ${message} ${fix}`);
  }
  process.exitCode = 1;
});
