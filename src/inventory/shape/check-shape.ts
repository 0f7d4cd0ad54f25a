import * as z from 'zod/mini';
import type { ValuePath } from '../../model';
import { errorAt, type InventoryFinding } from '../findings';
import { faultOf } from '../schema/field';
import { inventorySchema } from '../schema/inventory';
import { type MapNode, nodeAt } from '../source/source-node';
import { missingFault, type UnknownKey, unknownKey } from './key-faults';
import { valueFault } from './value-fault';

type Issue = z.core.$ZodIssue;

/** Holds the values against the schema. Zod only says where and what kind; the words are ours. */
export function checkShape(root: MapNode, plain: unknown): InventoryFinding[] {
  const result = z.safeParse(inventorySchema, plain);
  if (result.success) return [];
  const issues = result.error.issues.flatMap((issue) => innermost(issue, []));
  const unknown = issues.flatMap(unknownKeys);
  const misspelt = new Set(unknown.flatMap((key) => (key.meant === undefined ? [] : [JSON.stringify(key.meant)])));
  return [...unknown.map((key) => key.finding), ...issues.flatMap((issue) => translate(root, issue, misspelt))];
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

function unknownKeys({ issue, path }: PlacedIssue): UnknownKey[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(path, key)) : [];
}

function translate(root: MapNode, { issue, path }: PlacedIssue, misspelt: ReadonlySet<string>): InventoryFinding[] {
  if (issue.code === 'unrecognized_keys') return [];
  const reason = faultOf(issue);
  if (reason !== undefined) return [errorAt(path, reason, reason.code === 'PLR1108' ? { at: 'key' } : {})];
  const found = nodeAt(root, path);
  if (found !== undefined) return [errorAt(path, valueFault(path, found.node))];
  // A misspelt key and the key that is missing for it are one mistake; so is a router in a cloud that comes later.
  const siblingOfAzure = path.at(-1) === 'aws' && nodeAt(root, [...path.slice(0, -1), 'azure']) !== undefined;
  if (misspelt.has(JSON.stringify(path)) || siblingOfAzure) return [];
  return [errorAt(path, missingFault(path))];
}
