import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINES, type Engine, FORWARDER_PORTS } from '../../../src/forwarder';
import {
  type ForwarderVariables,
  type Rendered,
  render,
  type TargetVariables,
  target,
  variables,
} from '../../forwarder/render';
import { Processes } from '../../terraform/support/processes';
import { Agent } from './agent/agent';
import { sweepControlGroups } from './control-groups';
import { debianRoot } from './debian-root';
import { Forwarder } from './forwarder';
import { MetadataService } from './metadata-service';
import { NameServer } from './name-server';
import {
  DIRECT,
  ENDPOINT,
  FORWARDER_ADDRESSES,
  FORWARDERS,
  type ForwarderName,
  HOST_ADDRESSES,
  HOSTS,
  type HostName,
  NAME_SERVER,
  NAT_ADDRESSES,
  NAT_SUBNET,
  Network,
  PROBE_ADDRESS,
} from './network';
import { Postgres } from './postgres';
import { PrivateLink } from './private-link';
import { until } from './until';

/** Answers in a row that are taken for those of every process. */
const TURNS = 10;

export type Targets = Readonly<Record<string, TargetVariables>>;

/** Seconds between keep-alive packets: a sixtieth of what a stack sets, so that two minutes pass in two seconds. */
export const KEEP_ALIVE = 2;
/** Private Link forgets an idle flow after four minutes: in the lab's time, four seconds. */
export const LINK_IDLE = 4;

/** Seconds until the lab's load balancer has certainly noticed that a ready port says no. */
const NOTICED_AFTER = 5;

export const ORDERS_NAME = 'orders.corp.example';
const ECHO_PORT = 7000;
/** At this port of `gamma` nobody listens, unless a test says so. */
export const CLOSED_PORT = 7999;
/** A check that notices within two seconds, where the engine has checks. */
const CHECK = { interval: 1, timeout: 1, rise: 1, fall: 2 };

/** The targets that every lab begins with, by name. */
export const TARGETS = {
  'orders-db': target(10000, ORDERS_NAME, 5432, { check: CHECK }),
  stock: target(10001, 'stock.corp.example', ECHO_PORT, { check: CHECK }),
  ledger: target(10002, 'ledger.corp.example', ECHO_PORT, { check: CHECK }),
  // A machine that leaves gives its sessions as long as the target with the longest drain: for a test, as long as it likes.
  fixed: target(10003, HOST_ADDRESSES.gamma, 7001, { check: CHECK, drain: 600 }),
  'broken-db': target(10004, 'broken.corp.example', CLOSED_PORT, { check: CHECK }),
} as const satisfies Targets;

export type LabTarget = keyof typeof TARGETS;

/** Where a client dials a target. */
export function at(name: LabTarget): { readonly host: string; readonly port: number } {
  return { host: ENDPOINT, port: TARGETS[name].port };
}

/** Where a client reaches `gamma` past the forwarders. */
export const PAST_THE_FORWARDERS = { host: DIRECT, port: ECHO_PORT } as const;

/** Every engine's: one system on the disk serves all labs. */
const PACKAGES = Object.values(ENGINES).flatMap((traits) => traits.packages);

/** What each name resolves to at first. */
const ZONE = {
  [ORDERS_NAME]: { a: [HOST_ADDRESSES.alpha], ttl: 1 },
  'stock.corp.example': { a: [HOST_ADDRESSES.alpha], ttl: 1 },
  'ledger.corp.example': { a: [HOST_ADDRESSES.gamma], ttl: 1 },
  'broken.corp.example': { a: [HOST_ADDRESSES.gamma], ttl: 1 },
  'seldom.corp.example': { a: [HOST_ADDRESSES.gamma], ttl: 1 },
};

/** Two forwarders of one engine between a client and its targets, made of the very files that Terraform renders. */
export class Lab {
  public readonly processes = new Processes();
  public readonly folder: string;
  public network!: Network;
  public link!: PrivateLink;
  public names!: NameServer;
  public metadata!: MetadataService;
  public postgres!: Postgres;
  public client!: Agent;
  /** A machine of the virtual network that may not use the forwarders. */
  public stranger!: Agent;
  /** Programs at the private link's own addresses: the NAT subnet's and the health probes'. */
  public hop!: Agent;
  public hosts!: Readonly<Record<HostName, Agent>>;
  public forwarders: readonly Forwarder[] = [];

  private constructor(public readonly engine: Engine) {
    this.folder = mkdtempSync(join(tmpdir(), `plr-lab-${engine}-`));
    this.processes.removeAtEnd(this.folder);
  }

  /** Everything stands and every target answers, the broken one apart. `stop()` it when done. */
  public static async start(engine: Engine): Promise<Lab> {
    const lab = new Lab(engine);
    try {
      await lab.build();
    } catch (error) {
      await lab.stop();
      throw error;
    }
    return lab;
  }

  public async stop(): Promise<void> {
    for (const { machine } of this.forwarders) await machine.powerOff();
    await this.processes.stop();
  }

  /** What Terraform makes of these targets. */
  public render(
    targets: Targets = TARGETS,
    engine: Engine = this.engine,
    more: Partial<ForwarderVariables> = {},
  ): Rendered {
    return render(
      variables(engine, targets, {
        clients: [NAT_SUBNET],
        keepalive: KEEP_ALIVE,
        resolve_interval: 1,
        noticed_after: NOTICED_AFTER,
        egress: 'image',
        ...more,
      }),
    );
  }

  /** Brings every forwarder to these targets, all at once. */
  public async apply(targets: Targets = TARGETS): Promise<void> {
    const { apply } = this.render(targets);
    await Promise.all(this.forwarders.map((forwarder) => forwarder.mustApply(apply)));
  }

  /** One line to a target and back, until it is answered by this host. */
  public async answeredBy(host: HostName, to: { host: string; port: number }): Promise<void> {
    await until(`${to.host}:${to.port} to be answered by ${host}`, async () => {
      const answer = await this.client.tell('askOnce', { ...to, line: 'hello' });
      return answer === `${host} hello`;
    });
  }

  /** As `answeredBy`, through each of the forwarders, and by every process of an engine that has several. */
  public async answeredByEach(host: HostName, port: number): Promise<void> {
    for (const { address } of this.forwarders) {
      await until(`${address}:${port} to be answered by ${host}`, async () => {
        for (let turn = 0; turn < TURNS; turn += 1) {
          const answer = await this.hop.tell('askOnce', { host: address, port, line: 'hello', from: NAT_ADDRESSES[1] });
          if (answer !== `${host} hello`) return false;
        }
        return true;
      });
    }
  }

  /** What a machine answers to a health probe, from the probes' address or another one of the hop; undefined: nothing. */
  public async probe(address: string, port: number, from: string = PROBE_ADDRESS): Promise<string | undefined> {
    const url = `http://${address}:${port}/`;
    const { code, stdout } = await this.network
      .at('link')
      .run(['curl', '--silent', '--fail', '--max-time', '5', '--interface', from, url]);
    return code === 0 ? stdout.trim() : undefined;
  }

  /** The revision that a forwarder says it runs. */
  public async runs(forwarder: Forwarder): Promise<string | undefined> {
    return (await this.probe(forwarder.address, FORWARDER_PORTS.ready))?.replace(/^ready /, '');
  }

  /**
   * A fresh machine takes the place of one that was powered off: the same name and address, and nothing of it on its disk.
   * It is set up when this resolves, and has no configuration yet.
   */
  public async replace(name: ForwarderName): Promise<void> {
    const fresh = await this.boot(name, await debianRoot(this.processes, PACKAGES));
    this.forwarders = this.forwarders.map((old, index) => (FORWARDERS[index] === name ? fresh : old));
  }

  /** One more name server, which knows the same names. */
  public startNames(address: string): Promise<NameServer> {
    return NameServer.start(this.network.at('dns'), this.folder, ZONE, address);
  }

  private boot(name: ForwarderName, root: string): Promise<Forwarder> {
    return Forwarder.boot(
      {
        processes: this.processes,
        namespace: this.network.at(name),
        name,
        root,
        userData: this.render().bootstrap,
        files: { '/etc/resolv.conf': `nameserver ${NAME_SERVER}\n` },
      },
      FORWARDER_ADDRESSES[name],
    );
  }

  private async build(): Promise<void> {
    const { processes } = this;
    sweepControlGroups();
    const [root, network] = await Promise.all([debianRoot(processes, PACKAGES), Network.create(processes)]);
    this.network = network;
    const { apply } = this.render();
    this.client = new Agent(network.at('client'));
    this.stranger = new Agent(network.at('stranger'));
    this.hop = new Agent(network.at('link'));
    const agents = HOSTS.map((host) => [host, new Agent(network.at(host))] as const);
    this.hosts = Object.fromEntries(agents) as Record<HostName, Agent>;
    const booting = FORWARDERS.map((name) => this.boot(name, root));
    [this.link, this.metadata, this.names, this.postgres] = await Promise.all([
      PrivateLink.start(network.at('link')),
      MetadataService.start(network.at('vnet')),
      NameServer.start(network.at('dns'), this.folder, ZONE),
      Postgres.prepare(processes, this.folder, ORDERS_NAME),
    ]);
    await Promise.all([
      ...agents.map(([name, agent]) => agent.tell('serve', { name, port: ECHO_PORT })),
      this.hosts.gamma.tell('serve', { name: 'gamma', port: TARGETS.fixed.host_port }),
      this.postgres.serve(network.at('alpha'), 'alpha'),
      this.postgres.serve(network.at('beta'), 'beta'),
      this.link.direct(ECHO_PORT, 'gamma', ECHO_PORT),
    ]);
    this.forwarders = await Promise.all(booting);
    await Promise.all(this.forwarders.map((forwarder) => forwarder.mustApply(apply)));
    await this.link.open(Object.values(TARGETS).map(({ port }) => port));
  }
}
