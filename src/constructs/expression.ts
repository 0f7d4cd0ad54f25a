import type { TerraformElement } from 'cdktf';
import { Token } from 'cdktf';

/** A Terraform expression as the template that yields its value: `${…}`. The text is ours; user text never stands in it. */
export function expression(terraform: string): string {
  return `\${${terraform}}`;
}

/** An expression where cdktf's types ask for a number. */
export function numberExpression(terraform: string): number {
  return Token.asNumber(expression(terraform));
}

/** An expression where cdktf's types ask for a list of strings. */
export function listExpression(terraform: string): string[] {
  return Token.asList(expression(terraform));
}

/** An expression where cdktf's types ask for a map of strings. */
export function mapExpression(terraform: string): { [key: string]: string } {
  return Token.asStringMap(expression(terraform));
}

/**
 * Fixes the element's address in Terraform, so that no construct's place in the tree ever decides it: an address that
 * changes is a resource that is replaced.
 */
export function pinned<T extends TerraformElement>(element: T, logicalId: string): T {
  element.overrideLogicalId(logicalId);
  return element;
}

/** Lets a resource or data source stand once per key of a map or set: cdktf's iterators would rename `each`. */
export function forEach<T extends TerraformElement>(element: T, terraform: string): T {
  element.addOverride('for_each', expression(terraform));
  return element;
}

/**
 * The name of a shard's resource: `s1_listener` in a stack, where many shards stand together, `listener` in a module
 * that is one shard. A resource of which the shard has one only has no part: `s1`, or `this`.
 */
export function shardResource(shard: string | undefined, part?: string): string {
  if (part === undefined) return shard ?? 'this';
  return shard === undefined ? part : `${shard}_${part}`;
}

/** The name of a pool's local value: `p1_ports` in a stack, `pool_ports` in a module that is one pool. */
export function poolLocal(pool: string | undefined, part: string): string {
  return `${pool ?? 'pool'}_${part}`;
}
