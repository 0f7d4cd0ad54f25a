import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Namespace } from './namespace';
import { FORWARDER_ADDRESSES, FORWARDERS, type ForwarderName, METADATA_ADDRESS } from './network';
import { until } from './until';

const PROGRAM = join(__dirname, 'metadata-process.ts');
/** What Azure calls a machine, which is not its host name. */
const INSTANCES: Readonly<Record<ForwarderName, string>> = { fw1: 'fwd_0', fw2: 'fwd_1' };
/** Notice of an event, in milliseconds: the shortest that a scale set can ask for. */
const NOTICE = 300_000;

export type EventKind = 'Terminate' | 'Reboot' | 'Redeploy' | 'Preempt' | 'Freeze';

/** The metadata service that the machines find at its address: it announces what is about to happen to them. */
export class MetadataService {
  private readonly events = new Map<string, Record<string, unknown>>();
  private readonly acknowledged = new Map<string, string>();
  private readonly questions = new Map<string, number>();
  private told = 0;
  private taken = 0;

  private constructor(private readonly process: ChildProcess) {}

  public static async start(namespace: Namespace): Promise<MetadataService> {
    const machines = Object.fromEntries(FORWARDERS.map((name) => [FORWARDER_ADDRESSES[name], INSTANCES[name]]));
    const options = JSON.stringify({ host: METADATA_ADDRESS, machines });
    const child = namespace.start([process.execPath, '--import', 'tsx', PROGRAM, options], { stdin: 'pipe' });
    const service = new MetadataService(child);
    let listens = false;
    if (child.stdout === null) throw new Error('the metadata service has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const news = JSON.parse(line) as { asked?: string; acknowledged?: string; by?: string; taken?: true };
      if (news.asked !== undefined) service.questions.set(news.asked, service.asked(news.asked) + 1);
      else if (news.acknowledged !== undefined) service.acknowledged.set(news.acknowledged, news.by ?? '');
      else if (news.taken !== undefined) service.taken += 1;
      else listens = true;
    });
    await until('the metadata service', () => listens);
    return service;
  }

  /** What happens to a machine, or to one that is none of the lab's. @returns the event's id */
  public async announce(kind: EventKind, machine: ForwarderName | 'another', notice = NOTICE): Promise<string> {
    const id = `event-${this.told + 1}`;
    this.events.set(id, {
      EventId: id,
      EventType: kind,
      ResourceType: 'VirtualMachine',
      Resources: [machine === 'another' ? 'fwd_17' : INSTANCES[machine]],
      EventStatus: 'Scheduled',
      NotBefore: new Date(Date.now() + notice).toUTCString(),
      Description: '',
      EventSource: 'Platform',
      DurationInSeconds: -1,
    });
    await this.tell();
    return id;
  }

  /** The event is over, or it never comes. */
  public async withdraw(id: string): Promise<void> {
    this.events.delete(id);
    await this.tell();
  }

  public isAcknowledged(id: string): boolean {
    return this.acknowledged.has(id);
  }

  /** Waits until both machines have seen what is announced now. */
  public async seenByAll(): Promise<void> {
    const before = new Map(this.questions);
    await until('every machine to ask for the events', () =>
      // The question after the next one comes when what the next one brought has been dealt with.
      Object.values(INSTANCES).every((name) => this.asked(name) >= (before.get(name) ?? 0) + 3),
    );
  }

  private asked(machine: string): number {
    return this.questions.get(machine) ?? 0;
  }

  private async tell(): Promise<void> {
    this.told += 1;
    this.process.stdin?.write(`${JSON.stringify([...this.events.values()])}\n`);
    await until('the metadata service to take a change', () => this.taken >= this.told, { pause: 5 });
  }
}
