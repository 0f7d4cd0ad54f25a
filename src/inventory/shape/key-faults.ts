import { LIMITS, raiseKey } from '../../limits';
import { didYouMean, type ValuePath } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from '../findings';
import { OWN_KEYS } from '../source/extensions';
import { type MapNode, nodeAt } from '../source/source-node';
import { keyWithoutSpace, missingSpace } from '../values/missing-space';
import { severalPorts } from '../values/port-list';
import { docAt, expectedAt, words } from './expected';
import { otherCloudsKey } from './other-cloud';
import { otherWord } from './other-words';

/** An unknown key, and the path of the key that was probably meant. */
export interface UnknownKey {
  readonly finding: InventoryFinding;
  readonly meant?: ValuePath;
}

/** The finding about a key that a map does not know. */
export function unknownKey(root: MapNode, path: ValuePath, key: string): UnknownKey {
  const below = [...path, key];
  if (path[2] === 'targets' && /^\d{1,5}$/.test(key) && nodeAt(root, [...path, 'port']) !== undefined) {
    return { finding: errorAt(below, severalPorts(), { at: 'key' }) };
  }
  const cut = keyWithoutSpace(key, keysAt(path));
  if (cut !== undefined) {
    return { finding: errorAt(below, missingSpace(cut, key), { at: 'key' }), meant: [...path, cut] };
  }
  const limit = path.at(-1) === 'limits' ? LIMITS.find((row) => raiseKey(row.id) === key) : undefined;
  if (limit !== undefined) {
    const reason = fault(
      'PLR1412',
      `${limit.id} is ${limit.value} ${limit.unit}; nobody raises it, so that it cannot be stated.`,
      'Remove the key.',
    );
    return { finding: errorAt(below, reason, { at: 'key' }) };
  }
  const foreign = otherCloudsKey(path, key);
  if (foreign !== undefined) {
    const { reason, meant } = foreign;
    return {
      finding: errorAt(below, reason, { at: 'key' }),
      ...(meant !== undefined && { meant: [...path, meant] }),
    };
  }
  const other = otherWord(root, path, key);
  if (other !== undefined) {
    const { reason, meant } = other;
    return { finding: errorAt(below, reason, { at: 'key' }), ...(meant !== undefined && { meant: [...path, meant] }) };
  }
  const keys = keysAt(path);
  const meant = didYouMean(key, keys);
  const homes = meant === undefined ? homesOf(path, key, keys) : [];
  const [home] = homes;
  if (home !== undefined) {
    const below = homes.map((one) => `${one.map}:`).join(' or ');
    const name = home.key === key ? '' : ` as ${home.key}`;
    const reason = fault(
      'PLR1101',
      `There is no key ${quote(key)} here; it stands below ${below}${name}.`,
      `Move it below ${below}${name}.`,
    );
    return {
      finding: errorAt([...path, key], reason, { at: 'key' }),
      ...(homes.length === 1 && { meant: [...path, home.map, home.key] }),
    };
  }
  const reason = fault(
    path.at(-1) === 'limits' ? 'PLR1411' : 'PLR1101',
    `There is no key ${quote(key)} here.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    meant === undefined ? `Remove it${keyList(keys)}.${ownKeyAdvice(path, key)}` : `Write ${meant}, or remove the key.`,
  );
  return { finding: errorAt(below, reason, { at: 'key' }), ...(meant !== undefined && { meant: [...path, meant] }) };
}

function keyList(keys: readonly string[]): string {
  if (keys.length === 0) return '';
  return keys.length === 1 ? `; the only key here is ${keys[0]}` : `; the keys here are ${keys.join(', ')}`;
}

/** Where the user's own keys have their place. */
function ownKeyAdvice(path: ValuePath, key: string): string {
  return path.length > 0 && OWN_KEYS.test(key) ? ' Keys of your own, for anchors, stand at the top of the file.' : '';
}

/** The keys of a map whose own maps know a key that stands a level too high, and how it is written there. */
function homesOf(
  path: ValuePath,
  key: string,
  keys: readonly string[],
): readonly { readonly map: string; readonly key: string }[] {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_]/g, '');
  return keys.flatMap((map) => {
    const own = keysAt([...path, map]).find((one) => plain(one) === plain(key));
    return own === undefined ? [] : [{ map, key: own }];
  });
}

/** The keys that a map has by the schema. */
function keysAt(path: ValuePath): readonly string[] {
  const expected = expectedAt(path);
  const options = expected.kind === 'either' ? expected.options : [expected];
  return options.flatMap((one) => (one.kind === 'map' ? (one.keys ?? []) : []));
}

/** The keys that were probably meant by keys of a map that the schema does not know; one that is missing may be among them. */
export function meantAt(root: MapNode, path: ValuePath): readonly string[] {
  const node = nodeAt(root, path)?.node;
  if (node?.kind !== 'map') return [];
  const keys = keysAt(path);
  return [...node.entries.keys()].flatMap((key) => (keys.includes(key) ? [] : (didYouMean(key, keys) ?? [])));
}

/** What to say of a key that is not there. */
export function missingFault(path: ValuePath): Fault {
  const key = String(path.at(-1));
  const doc = docAt(path);
  return fault(
    'PLR1102',
    `The key ${quote(key)} is missing here${doc === undefined ? '' : `: ${lowerFirst(doc.description).replace(/\.$/, '')}`}.`,
    `Add ${key}: ${words(expectedAt(path))}.`,
  );
}

/** Names keep their capitals: "AWS", "NCC". */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
