import { setTimeout as sleep } from 'node:timers/promises';
import { FORWARDER_PORTS } from '../../../src/forwarder';
import type { Lab } from './lab';
import { FORWARDER_ADDRESSES, FORWARDERS, type ForwarderName, PROBE_ADDRESS } from './network';
import { until } from './until';

/** Between two probes, in milliseconds: Azure's five seconds in the lab's time. */
const INTERVAL = 200;
/** Answers in a row that turn a machine's state, as the pools' probes have it. */
const THRESHOLD = 2;

interface Probed {
  ready: boolean;
  /** What the rule for new connections has it for, which follows a moment later. */
  ruled: boolean;
  /** Answers in a row that say the opposite. */
  against: number;
}

/**
 * Azure's load balancer as far as its probes go: it asks the ready port of each machine, and sends new connections to
 * those that say yes. What is established stays where it is.
 */
export class ProbingBalancer {
  private readonly machines = new Map<ForwarderName, Probed>(
    FORWARDERS.map((name) => [name, { ready: true, ruled: true, against: 0 }]),
  );
  private running = true;
  private trouble: unknown;
  private readonly work: Promise<unknown>;

  public constructor(private readonly lab: Lab) {
    this.work = Promise.all(FORWARDERS.map((name) => this.watch(name))).catch((error) => {
      this.trouble = error;
    });
  }

  /** Probes no more; new connections go to both machines again. */
  public async stop(): Promise<void> {
    this.running = false;
    await this.work;
    await this.lab.link.balance(FORWARDERS);
    if (this.trouble !== undefined) throw this.trouble;
  }

  /** Waits until the balancer sends new connections to this machine, or none. */
  public async sees(name: ForwarderName, state: 'ready' | 'leaving'): Promise<void> {
    await until(`the load balancer to see that ${name} is ${state}`, () => {
      if (this.trouble !== undefined) throw this.trouble;
      return this.machines.get(name)?.ruled === (state === 'ready');
    });
  }

  private async watch(name: ForwarderName): Promise<void> {
    const machine = this.machines.get(name);
    if (machine === undefined) return;
    while (this.running) {
      const to = { host: FORWARDER_ADDRESSES[name], port: FORWARDER_PORTS.ready, from: PROBE_ADDRESS };
      const status = await this.lab.hop.tell('probe', to);
      machine.against = (status === 200) === machine.ready ? 0 : machine.against + 1;
      if (machine.against >= THRESHOLD) {
        Object.assign(machine, { ready: !machine.ready, against: 0 });
        const ready = FORWARDERS.filter((one) => this.machines.get(one)?.ready);
        // Where no machine is ready, the last one gets the connections, and they fail.
        if (ready.length > 0) await this.lab.link.balance(ready);
        machine.ruled = machine.ready;
      }
      await sleep(INTERVAL);
    }
  }
}
