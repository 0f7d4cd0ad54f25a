import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Ended } from '../../terraform/support/processes';
import { Machine, type MachineOptions } from './machine';

/** Where the cloud's agent lays an extension's script. */
const SCRIPT = '/var/lib/waagent/custom-script/download/0/script.sh';

/** A forwarder's machine: a Debian system that a bootstrap has prepared, and what the scale set's extension does on it. */
export class Forwarder {
  private count = 0;

  private constructor(
    public readonly machine: Machine,
    public readonly address: string,
  ) {}

  public static async boot(options: MachineOptions, address: string): Promise<Forwarder> {
    return new Forwarder(await Machine.boot(options), address);
  }

  /** Runs an apply script as the extension does: from a file, by the shell, as root. */
  public apply(script: string): Promise<Ended> {
    this.count += 1;
    const path = SCRIPT.replace('/0/', `/${this.count}/`);
    this.machine.write(path, script);
    return this.machine.run(['/bin/sh', path]);
  }

  /** As `apply`. @throws Error with the script's words where it fails */
  public async mustApply(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.apply(script);
    if (code !== 0) throw new Error(`apply on ${this.address} ended with ${code}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** Process ids of a systemd unit, the oldest first. */
  public async processesOf(unit: string): Promise<readonly number[]> {
    const main = await this.machine.must(['systemctl', 'show', '--property=MainPID', '--value', unit]);
    return Number(main) === 0 ? [] : [Number(main)];
  }

  /** Local addresses and ports that a program listens at for TCP, `0.0.0.0:80`, each once, sorted. */
  public async listening(): Promise<readonly string[]> {
    const text = await this.machine.must(['ss', '-H', '-l', '-n', '-t']);
    const places = text
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.trim().split(/\s+/)[3] ?? '');
    return [...new Set(places)].sort();
  }
}

/**
 * An apply script whose files are other ones than Terraform rendered, checksums and revision of its own: whole, and wrong
 * in what it carries.
 */
export function carrying(script: string, path: string, content: string): string {
  const { block } = packedFile(script, path);
  const packed = gzipSync(content).toString('base64');
  const digest = createHash('sha256').update(`${packed}\n`).digest('hex');
  const other = createHash('sha256').update(script).update(content).digest('hex');
  return script.replace(block, () => `${path} ${digest} ${packed}\n`).replace(revisionOf(script), other);
}

/** A file as a script carries it: the whole block, and its checksum. */
export function packedFile(script: string, path: string): { readonly block: string; readonly digest: string } {
  const literal = path.replaceAll('.', '\\.');
  const found = new RegExp(`^${literal} ([0-9a-f]{64}) \\S+\\n`, 'm').exec(script);
  if (found?.[1] === undefined) throw new Error(`the script carries no ${path}`);
  return { block: found[0], digest: found[1] };
}

/** The revision that a script brings a machine to. */
export function revisionOf(script: string): string {
  const revision = /^revision='([0-9a-f]{64})'$/m.exec(script)?.[1];
  if (revision === undefined) throw new Error('the script names no revision');
  return revision;
}
