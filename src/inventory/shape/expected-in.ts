import { limitValue } from '../../limits';
import type { Cloud, ValuePath } from '../../model';
import { cloudAt } from '../source/cloud-at';
import type { MapNode } from '../source/source-node';
import { CLOUD_FACTS } from '../tables/clouds';
import { type Expected, expectedAt } from './expected';

/** The idle timeouts of a cloud: of AWS's listeners, or of the forwarder's own timer. Seconds. */
export function idleTimeoutRange(cloud: Cloud): { readonly min: number; readonly max: number } {
  const { min, max } = CLOUD_FACTS[cloud].idleTimeout;
  return { min: limitValue(min, {}), max: limitValue(max, {}) };
}

/** What is allowed at a path of this inventory: as the schema says, and narrower where the router's cloud is. */
export function expectedIn(root: MapNode, path: ValuePath): Expected {
  const expected = expectedAt(path);
  if (path.at(-1) !== 'idleTimeout' || path[0] !== 'routers' || expected.kind !== 'number') return expected;
  const cloud = cloudAt(root, path.slice(0, 2));
  return cloud === undefined ? expected : { ...expected, ...idleTimeoutRange(cloud) };
}
