import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Processes } from '../../terraform/support/processes';

/** What a cloud's stock image of a server has, as far as a forwarder can notice. */
const STOCK_PACKAGES = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'cloud-init',
  'locales',
  'python3',
  'nftables',
  'iproute2',
  'procps',
  'kmod',
  'netbase',
  'logrotate',
  'rsyslog',
  'openssh-server',
  'unattended-upgrades',
  'ca-certificates',
  'sudo',
] as const;

const RELEASE = 'bookworm';
const CACHE = resolve(__dirname, '../../../.cache/debian');

/**
 * What a cloud's image has decided already: the user's data comes from a folder, the network is set from outside, and no
 * time goes into host keys that nobody uses.
 */
const IMAGE_SETTINGS = `datasource_list: [NoCloud]
network: { config: disabled }
locale: false
ssh_genkeytypes: [ed25519]
`;

// mmdebstrap leaves nothing half-made at the final path; the second of two test files finds what the first one made.
const BUILD = `
set -eu
root=$1 packages=$2 settings=$3
[ ! -e "$root" ] || exit 0
rm -rf "$root".new
mmdebstrap --quiet --variant=minbase --include="$packages" "$4" "$root".new
rm -rf "$root".new/var/cache/apt/*.bin "$root".new/etc/resolv.conf "$root".new/etc/ssh/ssh_host_*
mkdir -p "$root".new/etc/cloud/cloud.cfg.d
printf %s "$settings" >"$root".new/etc/cloud/cloud.cfg.d/90-image.cfg
: >"$root".new/etc/machine-id
mv "$root".new "$root"
`;

/**
 * The root of a Debian system with these packages beside the stock image's, made by mmdebstrap from the mirror that this
 * machine's apt uses, and kept in the project's cache for the next run.
 * @returns its folder @throws Error with mmdebstrap's own words
 */
export async function debianRoot(processes: Processes, packages: readonly string[] = []): Promise<string> {
  const wanted = [...new Set([...STOCK_PACKAGES, ...packages])].sort();
  const key = createHash('sha256')
    .update(JSON.stringify([RELEASE, IMAGE_SETTINGS, BUILD, wanted]))
    .digest('hex');
  const root = join(CACHE, key.slice(0, 16));
  if (existsSync(root)) return root;
  mkdirSync(CACHE, { recursive: true });
  const build = ['sh', '-c', BUILD, 'build', root, wanted.join(','), IMAGE_SETTINGS, RELEASE];
  const env = { ...process.env, TMPDIR: CACHE };
  const { code, stderr } = await processes.run('flock', [join(CACHE, 'lock'), ...build], { env });
  if (code !== 0) throw new Error(`mmdebstrap ended with ${code}\n${stderr}`);
  return root;
}
