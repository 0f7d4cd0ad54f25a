import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECK_JSONSCHEMA, MOTO, TOOLS_CACHE } from '../../../scripts/python-tools';
import type { Lack } from '../../support/lacks';

/** What the tests with a real terraform need. */
export type Need = 'terraform' | 'python3' | 'moto' | 'check-jsonschema';

function answers(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined };
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0;
}

const CHECKS: Readonly<Record<Need, () => boolean>> = {
  terraform: () => answers('terraform', ['version']),
  python3: () => answers('python3', ['--version']),
  moto: () => answers('python3', ['-c', MOTO.proof]),
  'check-jsonschema': () =>
    answers(join(TOOLS_CACHE, CHECK_JSONSCHEMA.folder, 'bin', 'python3'), ['-c', CHECK_JSONSCHEMA.proof]),
};

const PREPARED =
  'run `npm test` where python3 can make virtual environments (Debian: python3-venv) and download packages';

const GET: Readonly<Record<Need, string>> = {
  terraform: 'install Terraform 1.5 or newer and put it on PATH',
  python3: 'install Python 3.9 or newer and put it on PATH',
  moto: PREPARED,
  'check-jsonschema': PREPARED,
};

const found = new Map<Need, boolean>();

/** What is lacking on this machine; each is looked for once. */
export function lacking(needs: readonly Need[]): readonly Lack[] {
  return needs
    .filter((need) => {
      const known = found.get(need) ?? CHECKS[need]();
      found.set(need, known);
      return !known;
    })
    .map((need) => ({ what: need, get: GET[need] }));
}

const DEBIAN = 'run .ci/data-plane-packages, on Debian';

/** Programs that are not here, each from a package of Debian. */
export function packagesLacking(missing: readonly string[]): readonly Lack[] {
  return missing.map((what) => ({ what, get: DEBIAN }));
}

/** The right to make namespaces is not here. */
export const ROOT_LACKING: Lack = {
  what: 'the right to make network namespaces',
  get: 'run as root, outside a container',
};
