import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ended, Processes } from '../../terraform/support/processes';
import { controlGroupName, controlGroupParents, removeControlGroups } from './control-groups';
import type { Namespace } from './namespace';
import { until } from './until';

/** What a command on a machine finds in its environment: what the cloud's agent gives a script, and nothing of ours. */
const ENVIRONMENT = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LANG=C.UTF-8'];
/** Every namespace that systemd-nspawn gives a machine. */
const ENTER = ['-m', '-p', '-n', '-u', '-i', '-r', '-w', '--', 'env', '-i', ...ENVIRONMENT];

// The mount is seen by this process and its children alone, so it is gone when they are.
const BOOT = `
for group in $5; do mkdir -p "$group" && echo $$ >"$group/cgroup.procs"; done
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3" "$4"
root=$4
shift 5
exec env SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn -D "$root" "$@"
`;

export interface MachineOptions {
  readonly processes: Processes;
  readonly namespace: Namespace;
  readonly name: string;
  /** The folder of a Debian system; it is read only. */
  readonly root: string;
  /** Files laid over the root before the first boot, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the cloud hands over at the first boot. */
  readonly userData?: string;
}

/** A Debian system with its own systemd, in a network namespace that is its network card. */
export class Machine {
  private child: ChildProcess | undefined;
  private leader = 0;
  private console = '';
  private readonly group: string;

  private constructor(
    private readonly options: MachineOptions,
    private readonly folder: string,
  ) {
    this.group = controlGroupName(`${options.name}-${folder.slice(-6)}`);
  }

  /** Boots a system; it has finished its first boot when this resolves. */
  public static async boot(options: MachineOptions): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), `plr-machine-${options.name}-`));
    options.processes.removeAtEnd(folder);
    const machine = new Machine(options, folder);
    for (const part of ['upper', 'work', 'root']) mkdirSync(join(folder, part));
    const seed = '/var/lib/cloud/seed/nocloud';
    const files = {
      [`${seed}/user-data`]: options.userData ?? '#cloud-config\n{}\n',
      [`${seed}/meta-data`]: `instance-id: ${options.name}\nlocal-hostname: ${options.name}\n`,
      ...options.files,
    };
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, 'upper', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await machine.powerOn();
    return machine;
  }

  /** What a run leaves that is killed: the system's first process, its disk and its control group. */
  public get traces(): { readonly leader: number; readonly folder: string; readonly group: string } {
    const { leader, folder, group } = this;
    return { leader, folder, group };
  }

  /** Ends every process of the system at once, as a loss of power does; its disk stays. */
  public async powerOff(): Promise<void> {
    const { child, leader } = this;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    process.kill(leader, 'SIGKILL');
    await gone;
    this.child = undefined;
    await this.forget();
    await removeControlGroups(this.group);
  }

  /** Shuts the system down as an orderly stop does; it has ended when this resolves, and its disk stays. */
  public async shutDown(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    await this.must(['systemctl', '--no-block', 'poweroff']);
    await gone;
    this.child = undefined;
    await this.forget();
    await removeControlGroups(this.group);
  }

  /** Boots the system from its disk. */
  public async powerOn(): Promise<void> {
    const { processes, namespace, name, root } = this.options;
    const { folder } = this;
    const groups = controlGroupParents().map((parent) => join(parent, this.group));
    const paths = [root, join(folder, 'upper'), join(folder, 'work'), join(folder, 'root'), groups.join(' ')];
    const flags = [
      '--boot',
      '--quiet',
      `--network-namespace-path=${namespace.path}`,
      '--capability=all',
      '--register=no',
      '--keep-unit',
      '--console=pipe',
      `--machine=${this.group}`,
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
    ];
    const child = processes.start('unshare', ['-m', 'sh', '-ec', BOOT, 'boot', ...paths, ...flags], {
      env: process.env,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.console = (this.console + text).slice(-CONSOLE_LENGTH);
      });
    }
    this.leader = await until(`the first process of ${name}`, () => this.findLeader());
    processes.endAtEnd(this.leader);
    await until(
      () => `${name} to boot; its console:\n${this.console}`,
      () => this.booted(),
      { patience: BOOT_LIMIT },
    );
  }

  /** Runs a command on the machine, as root. */
  public run(command: readonly string[], input?: string): Promise<Ended> {
    return this.options.processes.run('nsenter', ['-t', String(this.leader), ...ENTER, ...command], {
      env: process.env,
      ...(input === undefined ? {} : { input }),
    });
  }

  /** As `run`. @returns the output @throws Error where the command fails */
  public async must(command: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, input);
    if (code !== 0) {
      throw new Error(`${command.join(' ')} on ${this.options.name} ended with ${code}\n${stdout}${stderr}`);
    }
    return stdout;
  }

  /** Starts a command on the machine. */
  public start(command: readonly string[]): ChildProcess {
    return this.options.processes.start('nsenter', ['-t', String(this.leader), ...ENTER, ...command], {
      env: process.env,
    });
  }

  /** Writes a file on the running machine. */
  public write(path: string, content: string): void {
    const file = this.path(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  public read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  public exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  /** Where this process sees a file of the running machine, as long as no link leads elsewhere. */
  private path(path: string): string {
    return join(`/proc/${this.leader}/root`, path);
  }

  /** The network namespace outlives the system, as no kernel does: what the system had set in it goes. */
  private async forget(): Promise<void> {
    const { namespace } = this.options;
    await namespace.must(['nft', 'flush', 'ruleset']);
    await namespace.must(['conntrack', '-F']);
    await namespace.sysctl(KERNELS_OWN);
  }

  private findLeader(): number | undefined {
    const { child } = this;
    if (child?.pid === undefined) throw new Error('not started');
    if (child.exitCode !== null) return Number.NaN;
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
    // The system's first process is number 1 in a namespace of its own.
    return children.map(Number).find((pid) => pid > 0 && /^NSpid:\s+\d+\s+1$/m.test(statusOf(pid)));
  }

  private async booted(): Promise<boolean> {
    const { stdout } = await this.run(['systemctl', 'is-system-running']);
    if (!['running', 'degraded'].includes(stdout.trim())) return false;
    const { stdout: status } = await this.run(['cloud-init', 'status']);
    return /status: (done|error)/.test(status);
  }
}

/** What a kernel starts with, of the settings that a forwarder changes and would miss. */
const KERNELS_OWN = {
  'net.ipv4.ip_forward': 0,
  'net.ipv4.ip_local_reserved_ports': '',
  'net.ipv4.tcp_keepalive_time': 7200,
  'net.ipv4.tcp_keepalive_intvl': 75,
} as const;

/** For how long a first boot may take that installs packages, in milliseconds. */
const BOOT_LIMIT = 600_000;
/** How much of the console is kept for a failure's message. */
const CONSOLE_LENGTH = 4000;

function statusOf(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}
