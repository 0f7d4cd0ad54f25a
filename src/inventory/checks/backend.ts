import { deploymentName, filledText, mayHoldPair, namesSecret, suggestion, type ValuePath } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from '../findings';
import { type MapNode, nodeAt, OddNumber, type SourceNode } from '../source/source-node';
import { backendMeant } from '../tables/backend-aliases';
import { expressionIn } from '../values/expression';
import type { Check, CheckContext } from './context';

/**
 * Terraform's backends, and the arguments that say which state is meant:
 * see https://developer.hashicorp.com/terraform/language/backend. All strings count where none is listed.
 */
export const BACKENDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['azurerm', ['storage_account_name', 'container_name', 'key']],
  ['consul', ['address', 'path']],
  ['cos', ['bucket', 'prefix', 'key']],
  ['gcs', ['bucket', 'prefix']],
  ['http', ['address']],
  ['kubernetes', ['namespace', 'secret_suffix']],
  ['local', ['path']],
  ['oci', ['bucket', 'namespace', 'key']],
  ['oss', ['bucket', 'prefix', 'key']],
  ['pg', ['conn_str', 'schema_name']],
  ['remote', ['hostname', 'organization', 'workspaces']],
  ['s3', ['bucket', 'key']],
]);

const PATH: ValuePath = ['terraform', 'backend'];

/** The backend: exactly one, of a known type, plain values, known placeholders, and one state for each stack. */
export const checkBackend: Check = function* (context) {
  const backend = nodeAt(context.root, PATH)?.node;
  if (backend?.kind !== 'map') return;
  const types = [...backend.entries.keys()];
  if (types.length === 0) {
    yield errorAt(PATH, fault('PLR1113', 'No backend is named.', 'Name one, such as s3:, or remove the key.'));
  }
  for (const type of types.slice(1)) {
    const reason = fault(
      'PLR1110',
      `Terraform has one backend; ${types[0]} stands here already.`,
      'Remove one of the two (in an overlay: set it to null).',
    );
    yield errorAt([...PATH, type], reason, { at: 'key' });
  }
  const type = types[0];
  if (types.length !== 1 || type === undefined) return;
  if (!BACKENDS.has(type)) {
    yield errorAt([...PATH, type], unknownBackend(type), { at: 'key' });
    return;
  }
  const config = backend.entries.get(type)?.value;
  if (config?.kind !== 'map') return;
  yield* values([...PATH, type], config);
  yield* states([...PATH, type], context);
};

function unknownBackend(type: string): Fault {
  const meant = backendMeant(type);
  const which = meant === undefined ? suggestion(type, BACKENDS.keys()) : ` It is called ${meant.name}.`;
  return fault(
    'PLR1325',
    `Terraform has no backend ${quote(type)}.${which}`,
    meant === undefined ? `Use one of ${[...BACKENDS.keys()].join(', ')}.` : (meant.note ?? `Write ${meant.name}.`),
  );
}

/** Terraform reads a backend before anything else, and so takes no expression there; other tools' would stay as they are. */
function noExpression(path: ValuePath, text: string, at: 'key' | 'value'): InventoryFinding | undefined {
  const expression = expressionIn(text);
  if (expression === undefined) return undefined;
  const message = `${partOf(path, text, expression)} is an expression, and a backend takes none: it would be part of the text as it is.`;
  return errorAt(path, fault('PLR1414', message, EXPRESSION_FIX), { at });
}

/** A part of a text of the backend, unless the text may hold a password: that may be in the very braces, where no reference is. */
function partOf(path: ValuePath, text: string, part: string): string {
  const secret = mayHoldPair(text) || path.some((step) => typeof step === 'string' && namesSecret(step));
  return secret && !REFERENCE.test(part) ? 'A part of the text' : quote(part);
}

/** `${var.name}`, `${{ secrets.NAME }}`, `{{ env.NAME }}`: names of a value that stands elsewhere. */
const REFERENCE = /^[^\w]*(?:var|local|terraform|path|env|vars|secrets|inputs|variables|parameters)\.[\w.-]+[ ]?\}\}?$/;

const EXPRESSION_FIX =
  'Use {env} and {router}, which are filled in; what differs otherwise goes into the overlay of each environment.';

/** Placeholders that are filled in, and whatever else in braces may be a slip of one of them. */
function* values(path: ValuePath, node: SourceNode): Iterable<InventoryFinding> {
  if (node.kind === 'map') {
    for (const [key, { value }] of node.entries) {
      const odd = noExpression([...path, key], key, 'key');
      if (odd !== undefined) yield odd;
      yield* values([...path, key], value);
    }
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* values([...path, index], item);
  } else if (node.value === null) {
    yield errorAt(path, fault('PLR1326', 'The argument has no value.', 'Write a value, or remove the key.'));
  } else if (node.value instanceof OddNumber) {
    const reason = fault(
      'PLR1112',
      'A number stands here that different readers understand differently.',
      'Write plain decimal digits, or put quotes around a text.',
    );
    yield errorAt(path, reason);
  } else if (typeof node.value === 'string') {
    const expression = noExpression(path, node.value, 'value');
    const odd = [...node.value.matchAll(/\{([A-Za-z_-]+|[ ]+[A-Za-z_-]+[ ]*|[A-Za-z_-]+[ ]+)\}/g)].find(
      ([, word]) => word !== 'env' && word !== 'router',
    );
    if (expression !== undefined) yield expression;
    else if (odd !== undefined) {
      const reason = fault(
        'PLR1324',
        `${partOf(path, node.value, odd[0])} is no placeholder of a backend.${suggestion(odd[1] ?? '', ['env', 'router'])}`,
        'Use {env} and {router}.',
      );
      yield errorAt(path, reason);
    }
  }
}

/** Two routers must not write one state. */
function* states(path: ValuePath, { root }: CheckContext): Iterable<InventoryFinding> {
  const texts = stateTexts(root);
  const routers = nodeAt(root, ['routers'])?.node;
  const names = routers?.kind === 'map' ? [...routers.entries.keys()] : [];
  if (names.length < 2 || texts.some(({ text }) => text.includes('{router}'))) return;
  const reason = fault(
    'PLR1323',
    `The routers ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''} would write one Terraform state.`,
    'Put {router} into the key of the state.',
  );
  yield errorAt(texts.at(-1)?.path ?? path, reason);
}

/** One text of a backend's configuration that says which state is meant. */
export interface StateText {
  readonly path: ValuePath;
  readonly text: string;
  /** Given by the overlay, and so the environment's own. */
  readonly overlaid: boolean;
}

/** The texts that together say which state is meant, most telling last. */
export function stateTexts(root: MapNode): readonly StateText[] {
  const backend = nodeAt(root, PATH)?.node;
  const [type, entry] = (backend?.kind === 'map' ? [...backend.entries][0] : undefined) ?? [];
  if (type === undefined || entry?.value.kind !== 'map') return [];
  const telling = BACKENDS.get(type) ?? [];
  const found: StateText[] = [];
  const collect = (path: ValuePath, node: SourceNode): void => {
    if (node.kind === 'map') for (const [key, { value }] of node.entries) collect([...path, key], value);
    else if (node.kind === 'scalar' && typeof node.value === 'string') {
      found.push({ path, text: node.value, overlaid: node.place.source.file !== root.place.source.file });
    }
  };
  for (const key of telling) {
    const value = entry.value.entries.get(key)?.value;
    if (value !== undefined) collect([...PATH, type, key], value);
  }
  return found;
}

/** Which states an inventory writes, by deployment; for comparison with other environments. */
export function stateKeys(root: MapNode, env: string | undefined): ReadonlyMap<string, string> {
  const texts = stateTexts(root);
  const routers = nodeAt(root, ['routers'])?.node;
  const keys = new Map<string, string>();
  if (texts.length === 0 || routers?.kind !== 'map') return keys;
  for (const router of routers.entries.keys()) {
    const filled = texts.map(({ text }) => filledText(text, router, env));
    keys.set(deploymentName(router, env), JSON.stringify(filled));
  }
  return keys;
}
