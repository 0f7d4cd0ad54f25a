import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection';
import { type CrowdReport, type Destination, GREETINGS, type LoadReport } from './protocol';

/** Between two lines of one kept connection, and between two new connections, in milliseconds. */
const PAUSE = 5;
/** Losses that a report tells one by one. */
const SHOWN = 5;

function nameIn(answer: string): string {
  return answer.split(' ')[0] ?? '';
}

/** Steady traffic: connections that stay and talk, and new ones one after the other. */
export class Load {
  private exchanges = 0;
  private completed = 0;
  private readonly lost: string[] = [];
  private readonly answeredBy: Record<string, number> = {};
  private running = true;
  private readonly work: Promise<unknown>;

  public constructor(
    private readonly to: Destination,
    kept: number,
  ) {
    this.work = Promise.all([...Array.from({ length: kept }, (_, index) => this.keep(index)), this.renew()]);
  }

  public report(): LoadReport {
    const { exchanges, completed, answeredBy } = this;
    const more = this.lost.length - SHOWN;
    const lost = [...this.lost.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
    return { exchanges, completed, lost, losses: this.lost.length, answeredBy: { ...answeredBy } };
  }

  public async stop(): Promise<LoadReport> {
    this.running = false;
    await this.work;
    return this.report();
  }

  private async keep(index: number): Promise<void> {
    try {
      const connection = await Connection.dial(this.to);
      connection.socket.write(`${GREETINGS.echo}\n`);
      for (let turn = 0; this.running; turn += 1) {
        await this.exchange(connection, `kept ${index} ${turn}`);
        this.exchanges += 1;
        await sleep(PAUSE);
      }
      connection.hangUp();
    } catch (error) {
      this.lost.push(`kept ${index}: ${(error as Error).message}`);
    }
  }

  private async renew(): Promise<void> {
    for (let turn = 0; this.running; turn += 1) {
      try {
        const connection = await Connection.dial(this.to);
        connection.socket.write(`${GREETINGS.echo}\n`);
        await this.exchange(connection, `new ${turn}`);
        connection.hangUp();
        this.completed += 1;
      } catch (error) {
        this.lost.push(`new ${turn}: ${(error as Error).message}`);
      }
      await sleep(PAUSE);
    }
  }

  private async exchange(connection: Connection, line: string): Promise<void> {
    const answer = await connection.say(line);
    const name = nameIn(answer);
    if (answer !== `${name} ${line}`) throw new Error(`${line} was answered with ${answer}`);
    this.answeredBy[name] = (this.answeredBy[name] ?? 0) + 1;
  }
}

/** So many connections, all open before the first is used. */
export async function crowd({ count, ...to }: Destination & { readonly count: number }): Promise<CrowdReport> {
  const failures: string[] = [];
  const answeredBy: Record<string, number> = {};
  const dials = Array.from({ length: count }, () => Connection.dial(to));
  const open: Connection[] = [];
  for (const dial of await Promise.allSettled(dials)) {
    if (dial.status === 'fulfilled') open.push(dial.value);
    else failures.push(String(dial.reason));
  }
  const together = open.filter(({ state }) => state === 'open').length;
  await Promise.all(
    open.map(async (connection, index) => {
      try {
        connection.socket.write(`${GREETINGS.echo}\n`);
        const line = `guest ${index}`;
        const answer = await connection.say(line);
        const name = nameIn(answer);
        if (answer !== `${name} ${line}`) throw new Error(`${line} was answered with ${answer}`);
        answeredBy[name] = (answeredBy[name] ?? 0) + 1;
      } catch (error) {
        failures.push((error as Error).message);
      }
    }),
  );
  for (const connection of open) connection.hangUp();
  return { together, answeredBy, failures };
}
