import { errorAt, fault, type InventoryFinding } from '../findings';
import { PLAIN_CHECK, PRESETS } from '../tables/presets';
import type { CheckContext, HostView, RouterView, TargetView } from './context';
import { effectiveCheck } from './health-check';

/** What is wrong with several hosts of one target, together. Each by itself is judged as the only one is. */
export function* hostList(
  { path: target, written, hosts }: TargetView,
  router: RouterView,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const path = [...target, 'hosts'];
  if (written.hosts !== undefined && written.host !== undefined) {
    yield errorAt(path, fault('PLR1110', 'host and hosts exclude each other.', 'Write all hosts under hosts.'));
  }
  if (written.hosts !== undefined && written.hosts.length < 2) {
    yield errorAt(
      path,
      fault('PLR1113', 'Fewer than two hosts are listed.', 'List two hosts or more, or write the only one as host.'),
    );
  }
  if (written.backup?.length === 0) {
    yield errorAt(
      [...target, 'backup'],
      fault('PLR1113', 'No host is listed.', 'Name the hosts that are kept back, or remove the key.'),
    );
  }
  const table = PRESETS.get(written.preset ?? '')?.healthCheck ?? PLAIN_CHECK;
  const { protocol } = effectiveCheck(written.healthCheck, router.written.healthCheck, table);
  if (written.backup !== undefined && protocol === 'none') {
    const reason = fault(
      'PLR1110',
      'backup and healthCheck: none exclude each other: without a check nobody knows when the other hosts are gone.',
      'Remove one of the two.',
    );
    yield errorAt([...target, 'backup'], reason, { at: 'key' });
  }
  yield* twice(hosts, context);
}

/** One host in two ways of writing it is one host. */
function* twice(hosts: readonly HostView[], context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, HostView['path']>();
  for (const { host, path } of hosts) {
    const before = first.get(host.name);
    if (before === undefined) first.set(host.name, path);
    else {
      const reason = fault(
        'PLR1114',
        `${host.name} is a host of the target twice; it stands at ${context.where(before)} already.`,
        'Remove one of the two.',
      );
      yield errorAt(path, reason);
    }
  }
}
