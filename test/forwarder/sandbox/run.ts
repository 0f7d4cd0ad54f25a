import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, run } from '../tools';

/** Programs that would change this machine. */
const NOT_HERE = ['apt-get', 'dpkg', 'ssh-keygen', 'sshd'];

/**
 * Runs a shell script as root of a machine of its own, as far as the apply script can tell: own /etc over this machine's,
 * own /var/lib and /run, own network and processes, and a systemctl that only seems one. What stays in `folder/etc` and
 * `folder/lib` is the next run's; nothing of this machine is touched.
 */
export function runInSandbox(folder: string, scripts: Readonly<Record<string, string>>, scenario: string): Outcome {
  for (const name of ['etc', 'work', 'lib', 'work2', 'bin', 'sandbox'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, 'sandbox', name), text);
  copyFileSync(join(__dirname, 'engine.py'), join(folder, 'sandbox/engine.py'));
  copyFileSync(join(__dirname, 'systemctl'), join(folder, 'bin/systemctl'));
  writeFileSync(join(folder, 'bin/journalctl'), '#!/bin/sh\nexit 0\n');
  // What sets the machine up must neither install anything on this one nor change its kernel.
  for (const name of NOT_HERE) writeFileSync(join(folder, 'bin', name), '#!/bin/sh\nexit 1\n');
  for (const name of ['systemctl', 'journalctl', ...NOT_HERE]) chmodSync(join(folder, 'bin', name), 0o755);
  const setUp = `set -eu
cd ${folder}
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /usr/local
mkdir -p /usr/local/sbin /run/lock
cp bin/* /usr/local/sbin/
mount -t overlay overlay -o lowerdir=/etc,upperdir=etc,workdir=work /etc
mount -t overlay overlay -o lowerdir=/var/lib,upperdir=lib,workdir=work2 /var/lib
mount -t tmpfs tmpfs /srv
mount -t tmpfs tmpfs /var/log
mount --bind /bin/true /lib/systemd/systemd-sysctl
cp sandbox/* /srv/
ip link set lo up
set +e
`;
  return run('unshare', ['-nmpf', '--mount-proc', '--kill-child', 'sh', '-c', setUp + scenario]);
}
