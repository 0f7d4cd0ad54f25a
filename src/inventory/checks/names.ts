import { NAME_FORM } from '../../model';
import { errorAt, fault, quote, warningAt } from '../findings';
import { nodeAt } from '../source/source-node';
import { shardNameForm } from '../values/forms';
import { nameWithoutSpace } from '../values/missing-space';
import { proposedName } from '../values/name-proposal';
import { withOddCharacters } from '../values/odd-characters';
import type { Check, CheckContext } from './context';

/** Keys that are names: of routers, targets and shards. Looked up in the tree, so that broken ones are judged too. */
export const checkNames: Check = function* (context) {
  for (const router of keys(context, ['routers'])) {
    const path = ['routers', router];
    const routers = keys(context, ['routers']);
    if (!NAME_FORM.test(router)) yield errorAt(path, badName('router', router, routers), { at: 'key' });
    for (const target of keys(context, [...path, 'targets'])) {
      // A target without a value is told of the space that its colon lacks.
      if (
        NAME_FORM.test(target) ||
        (nameWithoutSpace(target) !== undefined && hasNoValue(context, [...path, 'targets', target]))
      )
        continue;
      const targets = keys(context, [...path, 'targets']);
      yield errorAt([...path, 'targets', target], badName('target', target, targets), { at: 'key' });
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

function hasNoValue({ root }: CheckContext, path: string[]): boolean {
  const node = nodeAt(root, path)?.node;
  return node?.kind === 'scalar' && node.value === null;
}

function badName(what: string, name: string, taken: Iterable<string>) {
  const proposed = proposedName(name, new Set(taken));
  const reason = fault(
    'PLR1109',
    `${quote(name)} cannot name a ${what}: lower-case letters, digits and hyphens, a letter first, at most 63 characters.`,
    proposed === undefined ? `Rename the ${what}.` : `Rename the ${what}, to ${proposed} for instance.`,
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
