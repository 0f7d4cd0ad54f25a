import { Processes } from '../../terraform/support/processes';
import { debianRoot } from './debian-root';
import { Machine } from './machine';
import { FORWARDER_ADDRESSES, Network } from './network';

/** A process that boots a machine in a network, says which, and waits to be killed. */
async function main(): Promise<void> {
  const processes = new Processes();
  const network = await Network.create(processes);
  const root = await debianRoot(processes);
  const machine = await Machine.boot({ processes, namespace: network.at('fw1'), name: 'abandoned', root });
  const address = (await machine.must(['ip', '-brief', 'address', 'show', 'eth0'])).includes(FORWARDER_ADDRESSES.fw1);
  process.stdout.write(`${JSON.stringify({ address, ...machine.traces })}\n`);
  setInterval(() => undefined, 60_000);
}

void main();
