import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { NameBehaviour, Zone } from '../../support/dns-zone';
import type { Namespace } from './namespace';
import { NAME_SERVER } from './network';
import { until } from './until';

const PROGRAM = resolve(__dirname, '../../support/dns-server-process.ts');

/** The name server of the virtual network. What it says can be changed, and it can fall silent. */
export class NameServer {
  private readonly zone = new Map<string, NameBehaviour>();
  private process: ChildProcess | undefined;
  private told = 0;
  private done = 0;
  private questions = 0;
  private readonly askers = new Map<string, Set<string>>();

  private constructor(
    private readonly namespace: Namespace,
    private readonly address: string,
    private readonly zoneFile: string,
  ) {}

  public static async start(
    namespace: Namespace,
    folder: string,
    zone: Zone,
    address: string = NAME_SERVER,
  ): Promise<NameServer> {
    const server = new NameServer(namespace, address, join(folder, `zone-${address}.json`));
    for (const [name, behaviour] of Object.entries(zone)) server.zone.set(name, behaviour);
    await server.begin();
    return server;
  }

  /** How many questions it was asked, whether it answered or not. */
  public get asked(): number {
    return this.questions;
  }

  /** The addresses that have asked for a name. */
  public askersOf(name: string): ReadonlySet<string> {
    return this.askers.get(name) ?? new Set();
  }

  /** A name has these addresses from now on. */
  public resolve(name: string, addresses: readonly string[], ttl = 1): Promise<void> {
    return this.set({ [name]: { a: addresses, ttl } });
  }

  public async set(zone: Zone): Promise<void> {
    for (const [name, behaviour] of Object.entries(zone)) this.zone.set(name, behaviour);
    await this.tell(zone);
  }

  /** From now on it takes questions and answers none of them. */
  public fallSilent(): Promise<void> {
    return this.tell(Object.fromEntries([...this.zone.keys()].map((name) => [name, { silent: true }])));
  }

  /** From now on every question gets an answer that says that the server has a problem. */
  public answerFailure(): Promise<void> {
    return this.tell(Object.fromEntries([...this.zone.keys()].map((name) => [name, { rcode: 'SERVFAIL' as const }])));
  }

  /** It answers again what it knows. */
  public recover(): Promise<void> {
    return this.tell(Object.fromEntries(this.zone));
  }

  private async begin(): Promise<void> {
    writeFileSync(this.zoneFile, JSON.stringify(Object.fromEntries(this.zone)));
    const options = JSON.stringify({ zoneFile: this.zoneFile, address: this.address, port: 53 });
    const command = [process.execPath, '--import', 'tsx', PROGRAM, options];
    const child = this.namespace.start(command, { stdin: 'pipe' });
    this.process = child;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    let listens = false;
    if (child.stdout === null) throw new Error('the name server has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const news = JSON.parse(line) as {
        server?: string;
        set?: number;
        name: string;
        clientAddress: string;
      };
      if (news.server !== undefined) listens = true;
      else if (news.set !== undefined) this.done = news.set;
      else {
        this.questions += 1;
        const name = news.name.toLowerCase();
        this.askers.set(name, new Set([...this.askersOf(name), news.clientAddress]));
      }
    });
    await until('the name server', () => {
      if (child.exitCode !== null) throw new Error(errors);
      return listens;
    });
  }

  private async tell(zone: Zone): Promise<void> {
    this.told += 1;
    const number = this.told;
    this.process?.stdin?.write(`${JSON.stringify(zone)}\n`);
    await until('the name server to take a change', () => this.done >= number, { pause: 5 });
  }
}
