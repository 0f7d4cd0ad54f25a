import { errorAt, fault, type InventoryFinding } from '../findings';
import type { CheckContext, HostView } from './context';

/**
 * One name in two ways of writing it is one name.
 * @param what what the second one is, in the words of the message
 */
export function* namedTwice(
  names: readonly Pick<HostView, 'host' | 'path'>[],
  what: string,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const first = new Map<string, HostView['path']>();
  for (const { host, path } of names) {
    const before = first.get(host.name);
    if (before === undefined) first.set(host.name, path);
    else {
      const reason = fault(
        'PLR1114',
        `${host.name} is ${what}; it stands at ${context.where(before)} already.`,
        'Remove one of the two.',
      );
      yield errorAt(path, reason);
    }
  }
}
