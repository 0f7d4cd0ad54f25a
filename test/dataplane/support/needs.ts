import { spawnSync } from 'node:child_process';
import { lacking } from '../../terraform/support/requirements';
import { postgresPrograms } from './postgres';

/** Programs that the lab is made of, with the Debian package of each. */
const PROGRAMS: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nft: 'nftables',
  conntrack: 'conntrack',
  tcpdump: 'tcpdump',
  sysctl: 'procps',
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  openssl: 'openssl',
  curl: 'curl',
  psql: 'postgresql-client',
};

function found(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v "$0"`, program], { stdio: 'ignore' }).status === 0;
}

/** What this machine lacks to run the lab, as words. */
export function labLacks(further: Readonly<Record<string, string>> = {}): readonly string[] {
  const missing = Object.entries({ ...PROGRAMS, ...further })
    .filter(([program]) => !found(program))
    .map(([program, name]) => `${program} not found (Debian package ${name})`);
  if (postgresPrograms() === undefined) missing.push('PostgreSQL not found (Debian package postgresql)');
  // As much as the lab does: a network namespace, a mount of its own, and a device in it.
  const rights = spawnSync('unshare', ['-n', '-m', 'sh', '-c', 'ip link add plr0 type veth peer name plr1'], {
    stdio: 'ignore',
  });
  if (rights.status !== 0) missing.push('no right to make network namespaces (root needed)');
  return [...missing, ...lacking(['terraform'])];
}
