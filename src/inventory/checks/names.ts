import { errorAt, fault, quote, warningAt } from '../findings';
import { nodeAt } from '../source/source-node';
import { NAME_FORM, shardNameForm } from '../values/forms';
import { withOddCharacters } from '../values/odd-characters';
import type { Check, CheckContext } from './context';

/** Keys that are names: of routers, targets and shards. Looked up in the tree, so that broken ones are judged too. */
export const checkNames: Check = function* (context) {
  for (const router of keys(context, ['routers'])) {
    const path = ['routers', router];
    if (!NAME_FORM.test(router)) yield errorAt(path, badName('router', router), { at: 'key' });
    for (const target of keys(context, [...path, 'targets'])) {
      if (!NAME_FORM.test(target))
        yield errorAt([...path, 'targets', target], badName('target', target), { at: 'key' });
    }
    for (const shard of keys(context, [...path, 'shards'])) {
      if (!shardNameForm.test(shard)) {
        const reason = fault(
          'PLR1322',
          `${quote(shard)} is no shard; shards are s1, s2 and so on.`,
          'Use the name that `plan` shows.',
        );
        yield errorAt([...path, 'shards', shard], reason, { at: 'key' });
      }
    }
  }
  yield* hiddenTargets(context);
};

function badName(what: string, name: string) {
  const reason = fault(
    'PLR1109',
    `${quote(name)} cannot name a ${what}: lower-case letters, digits and hyphens, a letter first, at most 63 characters.`,
    `Rename the ${what}.`,
  );
  return withOddCharacters(reason, name);
}

/** A merge key that loses a router or target against another value is legal YAML, but nobody should miss it. */
function* hiddenTargets({ root }: CheckContext) {
  const routers = nodeAt(root, ['routers'])?.node;
  if (routers?.kind !== 'map') return;
  const maps = [
    { path: ['routers'], node: routers },
    ...[...routers.entries.keys()].flatMap((name) => {
      const path = ['routers', name, 'targets'];
      const node = nodeAt(root, path)?.node;
      return node?.kind === 'map' ? [{ path, node }] : [];
    }),
  ];
  for (const { path, node } of maps) {
    for (const { key, place } of node.hidden ?? []) {
      const reason = fault(
        'PLR1016',
        `The merge key \`<<\` brings another ${quote(key)}, which the one here hides.`,
        'If both are meant, give one of them another name.',
      );
      yield warningAt([...path, key], reason, { place });
    }
  }
}

function keys({ root }: CheckContext, path: string[]): Iterable<string> {
  const node = nodeAt(root, path)?.node;
  return node?.kind === 'map' ? node.entries.keys() : [];
}
