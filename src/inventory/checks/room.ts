import { sessionsWithOneTarget } from '../../forwarder';
import { machineSize } from '../../limits';
import type { Engine } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { DEFAULT_SIZE } from '../schema/forwarder';
import type { RouterView } from './context';

/** The machine keeps to its own limit, which its memory sets; a higher one would be a promise that nobody keeps. */
export function* roomForConnections(
  { path, written, targets }: RouterView,
  engine: Engine,
  size = DEFAULT_SIZE,
): Iterable<InventoryFinding> {
  const machine = machineSize(size);
  if (machine === undefined) return;
  const room = sessionsWithOneTarget(engine, machine.memoryGiB);
  const places = [{ path, written }, ...targets];
  for (const {
    path: at,
    written: { maxConnections },
  } of places) {
    if (maxConnections === undefined || maxConnections <= room) continue;
    const reason = fault(
      'PLR1628',
      `A machine of the size ${size} has ${machine.memoryGiB} GiB of memory, with which ${engine} keeps ${room} sessions of one target; maxConnections is ${maxConnections}.`,
      `Write ${room} or less, leave maxConnections away, or take a larger size.`,
    );
    yield errorAt([...at, 'maxConnections'], reason);
  }
}
