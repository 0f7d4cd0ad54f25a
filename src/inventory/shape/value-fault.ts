import { NAME_FORM, namesSecret, suggestion, type ValuePath } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { type MapNode, OddNumber, type SourceNode } from '../source/source-node';
import { CHOOSES_BY, routeMeant } from '../tables/route-aliases';
import { keyWithoutSpace, missingSpace, nameWithoutSpace } from '../values/missing-space';
import { portListFault, severalPorts } from '../values/port-list';
import { type Expected, words } from './expected';
import { expectedIn } from './expected-in';

/** Words that the design knows and that a later version brings, by their key. */
const LATER: ReadonlyMap<string, readonly string[]> = new Map([['route', ['inspect']]]);

/** Words of YAML 1.1 and of people for true and false. */
const TRUE_WORDS = ['yes', 'on', 'y', 'true', '1'];
const FALSE_WORDS = ['no', 'off', 'n', 'false', '0'];

/** What is wrong with a value that stands in the file and does not fit the schema. */
export function valueFault(root: MapNode, path: ValuePath, node: SourceNode): Fault {
  const expected = expectedIn(root, path);
  const allowed =
    path.length === 4 && path[2] === 'targets' ? 'host:port, or a map with host and port' : words(expected);
  const value = node.kind === 'scalar' ? node.value : undefined;
  const key = String(path.at(-1));
  const cut = cutKey(path, expected, value);
  if (cut !== undefined) return missingSpace(cut, value === null ? key : String(value));
  if (value === null) {
    return fault(
      'PLR1106',
      `${quote(key)} has no value; expected ${allowed}.`,
      'Write a value, or remove the key. Only an overlay removes a key with null.',
    );
  }
  const ports = PORT_KEYS.has(key) ? portsFault(node) : undefined;
  if (ports !== undefined) return ports;
  if (path.length === 1 && key === 'version') {
    return fault(
      'PLR1115',
      `Got version ${got(node)}; this program reads version 1.`,
      'Write version: 1, without quotes.',
    );
  }
  if (expected.kind === 'number' && (value instanceof OddNumber || typeof value === 'number')) {
    return numberFault(value, expected, allowed);
  }
  if (typeof value === 'string' && LATER.get(key)?.includes(value) === true) {
    return fault(
      'PLR1108',
      `${key}: ${value} comes with a later version; this one has ${allowed}.`,
      `Write ${key}: ${expected.kind === 'word' ? expected.words[0] : allowed}, or remove the key.`,
    );
  }
  const route = key === 'route' && typeof value === 'string' ? routeMeant(value) : undefined;
  if (route !== undefined && path.length === 5) {
    return fault(
      'PLR1105',
      `There is no route ${quote(String(value))}; targets told apart ${CHOOSES_BY[route]} have the route ${route}.`,
      `Write route: ${route}.`,
    );
  }
  if (typeof value === 'string' && (expected.kind === 'word' || expected.kind === 'either')) {
    const options =
      expected.kind === 'word' ? expected.words : expected.options.flatMap((o) => (o.kind === 'word' ? o.words : []));
    return fault(
      'PLR1105',
      `Got ${quote(value)}; expected ${allowed}.${suggestion(value, options)}`,
      `Write ${allowed}.`,
    );
  }
  if (namesSecret(key)) return fault('PLR1103', `Got ${kindOf(node)}; expected ${allowed}.`, `Write ${allowed}.`);
  return fault('PLR1103', `Got ${got(node)}; expected ${allowed}.`, kindFix(path, node, expected, allowed));
}

/** Keys that take one port. */
const PORT_KEYS: ReadonlySet<string> = new Set(['port', 'listenPort']);

function portsFault(node: SourceNode): Fault | undefined {
  if (node.kind === 'list') return severalPorts();
  const value = node.kind === 'scalar' ? node.value : undefined;
  return typeof value === 'string' ? portListFault(value) : undefined;
}

function numberFault(value: OddNumber | number, expected: Expected & { kind: 'number' }, allowed: string): Fault {
  const text = value instanceof OddNumber ? value.text : String(value);
  const plain = /^-?\d+$/.test(text) && !/^-?0\d/.test(text);
  if (plain) return fault('PLR1104', `Got ${text.slice(0, 80)}; expected ${allowed}.`, `Write ${allowed}.`);
  const whole = Number(text.replace(/^\+/, ''));
  const fits = Number.isSafeInteger(whole) && whole >= (expected.min ?? whole) && whole <= (expected.max ?? whole);
  return fault(
    'PLR1112',
    `Got ${quote(text)}, which is not a whole number in plain decimal digits; expected ${allowed}.`,
    fits && /^[+0-9]/.test(text) && !/[xo]/i.test(text)
      ? `Write ${whole}, if that is what is meant.`
      : `Write ${allowed}.`,
  );
}

/** The kind of what stands there, without the value. */
function kindOf(node: SourceNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (typeof node.value === 'string') return 'a text';
  return typeof node.value === 'boolean' ? 'true or false' : 'a number';
}

/** What stands there, in words. */
function got(node: SourceNode): string {
  if (node.kind !== 'scalar') return kindOf(node);
  const { value } = node;
  if (value instanceof OddNumber) return `the number ${value.text.slice(0, 80)}`;
  if (typeof value === 'string') return `the text ${quote(value)}`;
  return typeof value === 'number' ? `the number ${value}` : `${value}`;
}

/** The key that a missing space glued to its value: of a map that is one text, or of a target without a value. */
function cutKey(path: ValuePath, expected: Expected, value: unknown): string | undefined {
  if (value === null) return path.length === 4 && path[2] === 'targets' ? nameWithoutSpace(String(path[3])) : undefined;
  if (typeof value !== 'string' || expected.kind !== 'map' || expected.keys === undefined) return undefined;
  return keyWithoutSpace(value, expected.keys);
}

/** Maps of names, and how one of their entries is written. */
const ENTRIES: Readonly<Record<string, string>> = {
  targets: '{ host: db.corp.example, port: 5432 }',
  routers: '{ aws: …, ncc: …, targets: … }',
  tags: 'value',
};

/** A list where names are the keys of a map: the map, with the names that the list gives. */
function mapOfNames(path: ValuePath, list: SourceNode & { kind: 'list' }): string | undefined {
  const key = String(path.at(-1));
  const entry = Object.hasOwn(ENTRIES, key) ? ENTRIES[key] : undefined;
  if (entry === undefined) return undefined;
  const names = list.items.flatMap((item) => {
    const name = item.kind === 'map' ? (item.entries.get('name') ?? item.entries.get('key'))?.value : undefined;
    return name?.kind === 'scalar' && typeof name.value === 'string' && NAME_FORM.test(name.value) ? [name.value] : [];
  });
  const shown = (names.length === 0 ? ['NAME'] : names.slice(0, 3)).map((name) => `${name}: ${entry}`);
  return `Write a map whose keys are the names: ${key}: { ${shown.join(', ')}${names.length > 3 ? ', …' : ''} }.`;
}

function kindFix(path: ValuePath, node: SourceNode, expected: Expected, allowed: string): string {
  const map = node.kind === 'list' ? mapOfNames(path, node) : undefined;
  if (map !== undefined) return map;
  const value = node.kind === 'scalar' ? node.value : undefined;
  const text = value instanceof OddNumber ? value.text : String(value);
  if (expected.kind === 'text' && node.kind === 'scalar') return `Put quotes around it: ${quote(text)}.`;
  if (expected.kind === 'number' && typeof value === 'string' && /^\d+$/.test(value))
    return `Take the quotes away: ${value}.`;
  if (expected.kind === 'flag' && value !== undefined) {
    const word = text.toLowerCase();
    if (TRUE_WORDS.includes(word)) return 'Write true; YAML 1.2 knows no other word for it.';
    if (FALSE_WORDS.includes(word)) return 'Write false; YAML 1.2 knows no other word for it.';
  }
  if (expected.kind === 'list' && node.kind === 'scalar')
    return `Put it into brackets: [${/^[\w./-]{1,80}$/.test(text) ? text : quote(text)}].`;
  return `Write ${allowed}.`;
}
