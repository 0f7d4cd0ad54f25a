import { limitValue } from '../../limits';
import type { Cloud, ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote } from '../findings';
import { nodeAt } from '../source/source-node';
import { OWN_TAG_COUNT, OWN_TAG_KEYS, TAG_RULES, tagKeyFault, tagValueFault } from '../values/tags';
import type { Check, CheckContext, RouterView } from './context';

/** Tags, by the rules of the clouds that they go to: the inventory's own to every one of its routers. */
export const checkTags: Check = function* (context) {
  const clouds = new Set(context.routers.flatMap(({ cloud }) => cloud ?? []));
  yield* eachTag(['tags'], [...clouds], context);
  for (const { path, cloud } of context.routers) {
    yield* eachTag([...path, 'tags'], cloud === undefined ? [] : [cloud], context);
  }
  yield* counts(context);
  yield* sameButCase(context);
};

/** What is wrong with each tag of the map at this path. */
export function* eachTag(path: ValuePath, clouds: readonly Cloud[], context: CheckContext): Iterable<InventoryFinding> {
  const tags = nodeAt(context.root, path)?.node;
  if (tags?.kind !== 'map') return;
  for (const [key, { value }] of tags.entries) {
    const wrongKey = tagKeyFault(key, clouds);
    if (wrongKey !== undefined) yield errorAt([...path, key], wrongKey, { at: 'key' });
    const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
    const wrongValue = tagValueFault(text, clouds);
    if (wrongValue !== undefined) yield errorAt([...path, key], wrongValue);
  }
}

function* counts(context: CheckContext): Iterable<InventoryFinding> {
  for (const { path, tags, cloud } of context.routers) {
    if (cloud === undefined) continue;
    const most = limitValue(TAG_RULES[cloud].count, {}) - OWN_TAG_COUNT;
    const count = Object.keys(tags).length;
    if (count <= most) continue;
    const key = context.has([...path, 'tags']) ? [...path, 'tags'] : ['tags'];
    const reason = fault(
      'PLR1404',
      `There are ${count} tags; with the ${OWN_TAG_COUNT} of the router itself at most ${most} are allowed.`,
      'Remove some.',
    );
    yield errorAt(key, reason);
    if (key.length === 1) return;
  }
}

/** Where letter case does not count, the second of two keys would replace the first at one apply and not at the next. */
function* sameButCase(context: CheckContext): Iterable<InventoryFinding> {
  const told = new Set<string>();
  for (const router of context.routers) {
    if (router.cloud === undefined || !TAG_RULES[router.cloud].ignoresCase) continue;
    const first = new Map(OWN_TAG_KEYS.map((key) => [key.toLowerCase(), key]));
    for (const key of Object.keys(router.tags)) {
      const before = first.get(key.toLowerCase());
      first.set(key.toLowerCase(), key);
      if (before === undefined || before === key) continue;
      const path = placeOf(router, key, context);
      if (told.has(JSON.stringify(path))) continue;
      told.add(JSON.stringify(path));
      const own = OWN_TAG_KEYS.includes(before);
      const reason = fault(
        'PLR1405',
        `${quote(key)} and ${quote(before)}${own ? ', which every resource gets,' : ''} differ by letter case only; to ${TAG_RULES[router.cloud].owner} they are one tag.`,
        own ? `Write ${before} to replace that one, or choose another key.` : 'Keep one of the two.',
      );
      yield errorAt(path, reason, { at: 'key' });
    }
  }
}

function placeOf({ path }: RouterView, key: string, context: CheckContext): ValuePath {
  return context.has([...path, 'tags', key]) ? [...path, 'tags', key] : ['tags', key];
}
