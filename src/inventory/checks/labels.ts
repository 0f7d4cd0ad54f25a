import { limitValue } from '../../limits';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { OWN_TAG_COUNT, TAG_RULES, tagValueFault } from '../values/tags';
import type { Check, RouterView, TargetView } from './context';
import { eachTag } from './tags';

/** What targets on AWS say of themselves: it becomes tags of their target groups and listeners. */
export const checkLabels: Check = function* (context) {
  for (const router of context.routers) {
    for (const target of router.targets) {
      yield* labels(target);
      yield* eachTag([...target.path, 'tags'], ['aws'], context);
      yield* count(target, router);
    }
  }
};

function* labels({ path, written }: TargetView): Iterable<InventoryFinding> {
  const { owner } = written;
  const wrong = owner === undefined ? undefined : tagValueFault(owner, ['aws']);
  if (wrong === undefined) return;
  yield errorAt([...path, 'owner'], { ...wrong, message: `The owner becomes a tag on AWS. ${wrong.message}` });
}

/** A resource takes so many tags, whoever gives them. */
function* count({ path, written }: TargetView, router: RouterView): Iterable<InventoryFinding> {
  const given = (['tags', 'owner'] as const).filter((key) => written[key] !== undefined);
  const [first] = given;
  const most = limitValue(TAG_RULES.aws.count, {}) - OWN_TAG_COUNT;
  const shared = Object.keys(router.tags).length;
  // Where the router's own are too many, that is told there.
  if (first === undefined || shared > most) return;
  const all = new Set([...Object.keys(router.tags), ...Object.keys(written.tags ?? {})]).size;
  const total = all + (written.owner === undefined ? 0 : 1);
  if (total <= most) return;
  const reason = fault(
    'PLR1404',
    `The target has ${total} tags, ${shared} of them the router's; with the ${OWN_TAG_COUNT} of the router itself at most ${most} are allowed.`,
    'Remove some.',
  );
  yield errorAt([...path, first], reason);
}
