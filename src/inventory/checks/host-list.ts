import { errorAt, fault, type InventoryFinding } from '../findings';
import type { CheckContext, HostView, TargetView } from './context';

/** What is wrong with several hosts of one target, together. Each by itself is judged as the only one is. */
export function* hostList(
  { path: target, written, hosts }: TargetView,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const path = [...target, 'hosts'];
  if (written.hosts === undefined) return;
  if (written.host !== undefined) {
    yield errorAt(path, fault('PLR1110', 'host and hosts exclude each other.', 'Write all hosts under hosts.'));
  }
  if (written.hosts.length < 2) {
    yield errorAt(
      path,
      fault('PLR1113', 'Fewer than two hosts are listed.', 'List two hosts or more, or write the only one as host.'),
    );
  }
  yield* twice(hosts, context);
}

/** One host in two ways of writing it is one host. */
function* twice(hosts: readonly HostView[], context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, HostView['path']>();
  for (const { host, path } of hosts) {
    const before = first.get(host.name);
    if (before === undefined) first.set(host.name, path);
    else if (path.at(-2) === 'hosts') {
      const reason = fault(
        'PLR1114',
        `${host.name} is listed twice at hosts; it stands at ${context.where(before)} already.`,
        'Remove one of the two.',
      );
      yield errorAt(path, reason);
    }
  }
}
