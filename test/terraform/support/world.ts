import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODULES, writeModules } from '../../../src/modules';
import { DnsServer } from '../../support/dns-server';
import { AZURE } from './account/clouds';
import { AccountApi, CLIENT_ID, CLIENT_SECRET } from './account/server';
import { Azure, LOCATION } from './azure';
import { azureCommand } from './azure-command-line';
import { KeptProvider } from './kept-provider';
import { AWS_ACCOUNT, Moto, type SeededVpc } from './moto';
import { Processes } from './processes';
import {
  chooseProviders,
  describeProviders,
  forOpenTofu,
  mirrors,
  PROVIDERS_OF,
  type ProviderChoice,
  writeCliConfig,
} from './providers';
import { type Launcher, Workspace } from './workspace';

export const REGION = 'us-east-2';
export const DATABRICKS_ACCOUNT = '7a99b43c-b46c-432b-b0a7-814217701909';
export const AZURE_DATABRICKS_ACCOUNT = '1c0ffee0-b46c-432b-b0a7-814217701909';
/** Workspaces of each stand-in's account, in the region; one has an id of sixteen digits, as real ones do. */
export const WORKSPACES = ['1234567890123456', '2002'] as const;
const FOREIGN_WORKSPACE = '3003';

/** The clouds that a world has; without any, nothing can be planned. */
export type Clouds = readonly ('aws' | 'azure')[];

/** The switch of the databricks provider with which an apply waits for the endpoint. */
export const WAITING = 'DATABRICKS_TF_ENABLED_PF_RESOURCES';

/** The variables of this process without those that would lead a provider or terraform elsewhere. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|DATABRICKS_|ARM_|TF_|PLR_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * How to start terraform so that the real dns provider, which asks the machine's resolver only, asks ours: in a mount
 * namespace of its own. Undefined where this machine allows none.
 */
function isolated(resolverFile: string): Launcher | undefined {
  for (const flags of ['-m', '-rm']) {
    const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
    const args = [flags, 'sh', '-c', script, resolverFile];
    if (spawnSync('unshare', [...args, 'true'], { stdio: 'ignore' }).status === 0) {
      return { command: 'unshare', args: [...args, 'terraform'] };
    }
  }
  return undefined;
}

function byFamily(addresses: readonly string[]): { readonly a: readonly string[]; readonly aaaa: readonly string[] } {
  return { a: addresses.filter((address) => !isIPv6(address)), aaaa: addresses.filter(isIPv6) };
}

/** Clouds, an account of Databricks for each, a name server and terraform, all on this machine and all of them ours. */
export class World {
  public readonly folder: string;
  public readonly moto: Moto;
  public readonly account: AccountApi;
  public readonly azure: Azure;
  /** An account of Databricks belongs to one cloud: Azure's is another one. */
  public readonly azureAccount: AccountApi;
  public readonly providers: readonly ProviderChoice[];
  public env: NodeJS.ProcessEnv = {};
  private nameServer: DnsServer | undefined;
  /** False where the real dns provider cannot be led to our name server: names cannot be tested then. */
  public names = true;
  private readonly processes = new Processes();
  private readonly label: string;
  private launcher: Launcher = { command: 'terraform', args: [] };
  private workspaces = 0;
  private aws: KeptProvider | undefined;
  private readonly clouds: Clouds;

  public constructor(label: string, clouds: Clouds) {
    this.label = label;
    this.clouds = clouds;
    this.folder = mkdtempSync(join(tmpdir(), 'plr-world-'));
    this.processes.removeAtEnd(this.folder);
    this.moto = new Moto(this.processes);
    this.account = new AccountApi({
      accountId: DATABRICKS_ACCOUNT,
      cloud: this.moto,
      workspaces: { ...Object.fromEntries(WORKSPACES.map((id) => [id, REGION])), [FOREIGN_WORKSPACE]: 'eu-west-1' },
    });
    this.azure = new Azure((endpoint, state) => this.azureAccount.endpointSettled(endpoint, state));
    this.azureAccount = new AccountApi({
      accountId: AZURE_DATABRICKS_ACCOUNT,
      kind: AZURE,
      cloud: this.azure,
      workspaces: { ...Object.fromEntries(WORKSPACES.map((id) => [id, LOCATION])), [FOREIGN_WORKSPACE]: 'westeurope' },
    });
    const names = (clouds.length === 0 ? (['aws', 'azure'] as const) : clouds).flatMap((cloud) => PROVIDERS_OF[cloud]);
    this.providers = chooseProviders(this.folder, mirrors(), [...new Set(names)]);
  }

  public async start(): Promise<void> {
    this.say(describeProviders(this.providers));
    await this.account.start();
    await this.azureAccount.start();
    if (this.clouds.includes('aws')) await this.moto.start(this.account.endpointCallback);
    if (this.clouds.includes('azure')) await this.azure.start(this.folder);
    await this.startNames();
    this.env = {
      ...cleanEnvironment(),
      TF_CLI_CONFIG_FILE: writeCliConfig(this.folder, [...this.providers, ...forOpenTofu(this.folder, this.providers)]),
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      AWS_ENDPOINT_URL: this.moto.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(this.folder, 'no-aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, 'no-aws-credentials'),
      DATABRICKS_CLIENT_ID: CLIENT_ID,
      DATABRICKS_CLIENT_SECRET: CLIENT_SECRET,
      DATABRICKS_CONFIG_FILE: join(this.folder, 'no-databricks-config'),
      // Azure's own credentials stand in the environment too, and would do for Databricks.
      DATABRICKS_AUTH_TYPE: 'oauth-m2m',
      ...this.azure.environment(),
      [WAITING]: 'databricks_mws_ncc_private_endpoint_rule',
      PLR_DNS_SERVER: this.nameServer?.text,
    };
    const aws = this.providers.find(({ name }) => name === 'aws');
    // Its socket goes with the folder.
    if (aws !== undefined) this.aws = KeptProvider.of(aws, this.processes, { ...this.env, TMPDIR: this.folder });
  }

  /** Everything ends and every folder goes. */
  public async stop(): Promise<void> {
    await this.account.stop();
    await this.azureAccount.stop();
    await this.azure.stop();
    await this.nameServer?.close();
    this.moto.stop();
    await this.processes.stop();
  }

  /** A sign of life on the terminal. */
  public say(line: string): void {
    process.stderr.write(`[${this.label}] ${line}\n`);
  }

  public seedVpc(): Promise<SeededVpc> {
    return this.moto.seedVpc(REGION);
  }

  /** Sets what a name resolves to from now on; without addresses it does not exist. */
  public resolve(name: string, addresses: readonly string[] | undefined): void {
    this.nameServer?.set(name, addresses === undefined ? { rcode: 'NXDOMAIN' } : byFamily(addresses));
  }

  /** A folder with all registry modules, made of the source: what is committed may be older. Written once. */
  public modules(): string {
    const folder = this.path('modules');
    if (!existsSync(folder)) writeModules(folder, MODULES);
    return folder;
  }

  /** A folder of its own for anything else. */
  public path(name: string): string {
    return join(this.folder, name);
  }

  /** What a person does with an `aws …` or `az …` command that an output gives. */
  public async typed(command: string): Promise<void> {
    if (command.startsWith('az ')) {
      azureCommand(this.azure, command);
      return;
    }
    const script = join(__dirname, 'moto', 'command_line.py');
    const { code, stderr } = await this.processes.run('python3', [script, this.moto.url, command], { env: this.env });
    if (code !== 0) throw new Error(`${command} ended with ${code}\n${stderr}`);
  }

  /** A copy of an emitted stack, in which terraform runs. */
  public workspace(stack: string, name = `work-${++this.workspaces}`): Workspace {
    const workspace = new Workspace({
      folder: join(this.folder, name),
      processes: this.processes,
      launcher: this.launcher,
      env: this.env,
      say: (line) => this.say(line),
      kept: this.aws,
    });
    workspace.take(stack);
    return workspace;
  }

  /**
   * An example of a registry module, `examples/basic`, in a copy of all modules: a module may call another one beside it.
   *
   * @param options.engine the program, by default the machine's own terraform
   * @param options.variables values of the example's variables
   */
  public example(
    module: string,
    example: string,
    options: { readonly engine?: string; readonly variables?: Readonly<Record<string, unknown>> } = {},
  ): Workspace {
    const { engine = 'terraform', variables = {} } = options;
    const modules = join(this.folder, `modules-${++this.workspaces}`);
    cpSync(this.modules(), modules, { recursive: true });
    const { command, args } = this.launcher;
    const started = [command, ...args].map((word) => (word === 'terraform' ? engine : word));
    const given = Object.entries(variables).map(([name, value]) => [
      `TF_VAR_${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return new Workspace({
      folder: join(modules, module, example),
      processes: this.processes,
      launcher: { command: started[0] ?? engine, args: started.slice(1) },
      env: { ...this.env, ...Object.fromEntries(given) },
      say: (line) => this.say(line),
      // Another engine has other addresses for providers.
      kept: engine === 'terraform' ? this.aws : undefined,
    });
  }

  /** Another emission planned against a workspace's state, without touching the workspace. */
  public fork(workspace: Workspace, stack: string, name = `fork-${++this.workspaces}`): Workspace {
    return workspace.fork(join(this.folder, name), stack);
  }

  /** What is left in the cloud of the things that routers make, the seeded groups of targets apart. */
  public async leftovers(): Promise<readonly string[]> {
    const { loadBalancers, targetGroups, endpointServices, securityGroups } = await this.moto.inventory(REGION);
    const groups = securityGroups.filter(({ name }) => !name.startsWith('databases-'));
    return [...loadBalancers, ...targetGroups, ...endpointServices, ...groups].map(({ name }) => name);
  }

  private async startNames(): Promise<void> {
    const dns = this.providers.find(({ name }) => name === 'dns');
    if (dns === undefined) return;
    if (dns.kind === 'stand-in') {
      this.nameServer = await DnsServer.start({ zone: {} });
      return;
    }
    const address = `127.53.${process.pid & 255}.${(process.pid >> 8) & 255}`;
    const file = join(this.folder, 'resolv.conf');
    writeFileSync(file, `nameserver ${address}\n`);
    const launcher = isolated(file);
    try {
      this.nameServer = await DnsServer.start({ zone: {}, address, port: 53 });
    } catch (error) {
      this.say(`port 53 of ${address} cannot be had: ${error}`);
    }
    this.names = launcher !== undefined && this.nameServer !== undefined;
    if (this.names && launcher !== undefined) this.launcher = launcher;
    else this.say('the real dns provider cannot be led to our name server here: names are not tested');
  }
}

/**
 * Starts a world; `stop()` it when done. What was started goes away with this process too.
 * Without a cloud nothing can be planned: what is valid, or what an expression comes to, needs none.
 */
export async function startWorld(label: string, clouds: Clouds = ['aws']): Promise<World> {
  const world = new World(label, clouds);
  try {
    await world.start();
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

export { AWS_ACCOUNT };
