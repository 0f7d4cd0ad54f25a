import { errorAt, fault, type InventoryFinding } from '../findings';
import { PLAIN_CHECK, PRESETS } from '../tables/presets';
import type { CheckContext, RouterView, TargetView } from './context';
import { effectiveCheck } from './health-check';
import { namedTwice } from './named-twice';

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
  yield* namedTwice(hosts, 'a host of the target twice', context);
}
