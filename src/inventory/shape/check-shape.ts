import * as z from 'zod/mini';
import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { faultOf } from '../schema/field';
import { inventorySchema } from '../schema/inventory';
import { targetSchema } from '../schema/target';
import { type MapNode, nodeAt, OddNumber } from '../source/source-node';
import { missingFault, type UnknownKey, unknownKey } from './key-faults';
import { valueFault } from './value-fault';

type Issue = z.core.$ZodIssue;

/**
 * Holds the values against the schema: the document without its targets, then each target by itself, so that the work and
 * the stack stay small however many there are. Zod only says where and what kind; the words are ours.
 */
export function checkShape(root: MapNode, plain: unknown): InventoryFinding[] {
  const { document, targets } = apart(plain);
  const findings = judge(root, inventorySchema, document, []);
  for (const { path, target } of targets) findings.push(...judge(root, targetSchema, target, path));
  return findings;
}

function judge(root: MapNode, schema: z.core.$ZodType, value: unknown, path: ValuePath): InventoryFinding[] {
  const placed = issuesOf(schema, value, path);
  if (placed === 'too many') return [errorAt(path, TOO_MANY)];
  const unknown = placed.flatMap((issue) => unknownKeys(root, issue));
  const misspelt = new Set(unknown.flatMap((key) => (key.meant === undefined ? [] : [JSON.stringify(key.meant)])));
  return [...unknown.map((key) => key.finding), ...placed.flatMap((issue) => translate(root, issue, misspelt))];
}

const TOO_MANY = fault(
  'PLR1117',
  'There are more mistakes here than can be listed.',
  'Look at the kind of the values here; most likely one list holds something else than is expected.',
);

function issuesOf(schema: z.core.$ZodType, value: unknown, path: ValuePath): PlacedIssue[] | 'too many' {
  try {
    const result = z.safeParse(schema, value);
    return result.success ? [] : result.error.issues.flatMap((issue) => innermost(issue, path));
  } catch (error) {
    // Zod hands issues on as arguments of a call: a hundred thousand of them are more than a stack takes.
    if (error instanceof RangeError) return 'too many';
    throw error;
  }
}

interface Apart {
  /** The inventory, each `targets` empty where it is a map. */
  readonly document: unknown;
  readonly targets: readonly { readonly path: ValuePath; readonly target: unknown }[];
}

function apart(plain: unknown): Apart {
  const targets: { path: ValuePath; target: unknown }[] = [];
  if (!isRecord(plain) || !isRecord(plain.routers)) return { document: plain, targets };
  const routers: Record<string, unknown> = {};
  for (const [name, router] of Object.entries(plain.routers)) {
    if (isRecord(router) && isRecord(router.targets)) {
      routers[name] = { ...router, targets: {} };
      for (const [key, target] of Object.entries(router.targets)) {
        targets.push({ path: ['routers', name, 'targets', key], target });
      }
    } else {
      routers[name] = router;
    }
  }
  return { document: { ...plain, routers }, targets };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OddNumber);
}

/** An issue of one alternative that was clearly meant, with the whole path. */
interface PlacedIssue {
  readonly issue: Issue;
  readonly path: ValuePath;
}

/** Where one alternative of several fits by its kind, its own faults are what the user wants to hear of. */
function innermost(issue: Issue, before: ValuePath): PlacedIssue[] {
  const path = [...before, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors.find((errors) => errors.every((error) => !isWrongKind(error)));
  return meant === undefined ? [{ issue, path }] : meant.flatMap((error) => innermost(error, path));
}

function isWrongKind(error: Issue): boolean {
  return error.path.length === 0 && (error.code === 'invalid_type' || error.code === 'invalid_value');
}

function unknownKeys(root: MapNode, { issue, path }: PlacedIssue): UnknownKey[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(root, path, key)) : [];
}

function translate(root: MapNode, { issue, path }: PlacedIssue, misspelt: ReadonlySet<string>): InventoryFinding[] {
  if (issue.code === 'unrecognized_keys') return [];
  const reason = faultOf(issue);
  if (reason !== undefined) return [errorAt(path, reason)];
  const found = nodeAt(root, path);
  if (found !== undefined) return [errorAt(path, valueFault(root, path, found.node))];
  // A misspelt key and the key that is missing for it are one mistake.
  if (misspelt.has(JSON.stringify(path))) return [];
  return [errorAt(path, missingFault(path))];
}
