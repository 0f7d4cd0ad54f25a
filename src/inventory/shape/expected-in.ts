import { limitValue } from '../../limits';
import type { Cloud, ValuePath } from '../../model';
import { type MapNode, nodeAt } from '../source/source-node';
import { type Expected, expectedAt } from './expected';

/** The idle timeouts of a cloud: of AWS's listeners, or of the forwarder's own timer. Seconds. */
export function idleTimeoutRange(cloud: Cloud): { readonly min: number; readonly max: number } {
  return cloud === 'aws'
    ? { min: limitValue('aws.idleTimeoutMin', {}), max: limitValue('aws.idleTimeoutMax', {}) }
    : { min: limitValue('azure.idleTimeoutMin', {}), max: limitValue('azure.idleTimeoutMax', {}) };
}

/** What is allowed at a path of this inventory: as the schema says, and narrower where the router's cloud is. */
export function expectedIn(root: MapNode, path: ValuePath): Expected {
  const expected = expectedAt(path);
  if (path.at(-1) !== 'idleTimeout' || path[0] !== 'routers' || expected.kind !== 'number') return expected;
  const router = path.slice(0, 2);
  const [aws, azure] = [nodeAt(root, [...router, 'aws']), nodeAt(root, [...router, 'azure'])];
  if ((aws === undefined) === (azure === undefined)) return expected;
  return { ...expected, ...idleTimeoutRange(aws === undefined ? 'azure' : 'aws') };
}
