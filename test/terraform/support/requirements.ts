import { spawnSync } from 'node:child_process';

/** What the tests with a real terraform need. */
export type Need = 'terraform' | 'python3' | 'moto';

function answers(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined };
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0;
}

const CHECKS: Readonly<Record<Need, () => boolean>> = {
  terraform: () => answers('terraform', ['version']),
  python3: () => answers('python3', ['--version']),
  moto: () => answers('python3', ['-c', 'import moto, moto.server; assert moto.__version__ == "5.2.1"']),
};

const HINTS: Readonly<Record<Need, string>> = {
  terraform: 'terraform not found',
  python3: 'python3 not found',
  moto: 'moto not found (pip install "moto[server]==5.2.1")',
};

const found = new Map<Need, boolean>();

/** What is lacking on this machine, as words; each is looked for once. */
export function lacking(needs: readonly Need[]): readonly string[] {
  return needs
    .filter((need) => {
      const known = found.get(need) ?? CHECKS[need]();
      found.set(need, known);
      return !known;
    })
    .map((need) => HINTS[need]);
}
