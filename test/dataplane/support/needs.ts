import { spawnSync } from 'node:child_process';
import type { Lack } from '../../support/lacks';
import { lacking, packagesLacking, ROOT_LACKING } from '../../terraform/support/requirements';
import { postgresPrograms } from './postgres';

/** Programs that the lab is made of. */
const PROGRAMS = [
  'ip',
  'nft',
  'conntrack',
  'tcpdump',
  'sysctl',
  'mmdebstrap',
  'systemd-nspawn',
  'openssl',
  'curl',
  'psql',
] as const;

function found(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v "$0"`, program], { stdio: 'ignore' }).status === 0;
}

/** What this machine lacks to run the lab. */
export function labLacks(further: readonly string[] = []): readonly Lack[] {
  const programs = [...PROGRAMS, ...further].filter((program) => !found(program));
  if (postgresPrograms() === undefined) programs.push('PostgreSQL');
  // As much as the lab does: a network namespace, a mount of its own, and a device in it.
  const rights = spawnSync('unshare', ['-n', '-m', 'sh', '-c', 'ip link add plr0 type veth peer name plr1'], {
    stdio: 'ignore',
  });
  const missing = [...packagesLacking(programs), ...lacking(['terraform'])];
  return rights.status === 0 ? missing : [...missing, ROOT_LACKING];
}
