import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { expression, pinned, poolLocal } from '../expression';

/**
 * Ports as the fewest ranges that cover exactly them, `["10000-10004", "10007"]`, computed by Terraform.
 *
 * @param pool the pool's key, `p1`; undefined in a module, which has one pool
 * @param part what the locals are named after, `port`
 * @param ports the expression of a list of numbers; one that is there twice counts once
 * @returns the references of the ports, five digits each, and of the ranges
 */
export function portRanges(
  scope: Construct,
  pool: string | undefined,
  part: string,
  ports: string,
): { readonly ports: string; readonly ranges: string } {
  const local = (name: string, terraform: string): string => {
    pinned(new TerraformLocal(scope, name, expression(terraform)), poolLocal(pool, name));
    return `local.${poolLocal(pool, name)}`;
  };
  // Five digits each, so that they sort as the numbers that they are.
  const sorted = local(`${part}s`, `sort([for port in ${ports} : format("%05d", port)])`);
  // A range begins at a port whose predecessor is not there, and ends at one whose successor is not.
  const edge = (step: string): string =>
    `sort(setsubtract(${sorted}, [for port in ${sorted} : format("%05d", tonumber(port) ${step} 1)]))`;
  const starts = local(`${part}_range_starts`, edge('+'));
  const ends = local(`${part}_range_ends`, edge('-'));
  const range = `tonumber(start) == tonumber(${ends}[i]) ? tostring(tonumber(start)) : "\${tonumber(start)}-\${tonumber(${ends}[i])}"`;
  return { ports: sorted, ranges: local(`${part}_ranges`, `[for i, start in ${starts} : ${range}]`) };
}
