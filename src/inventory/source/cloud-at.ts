import { CLOUDS, type Cloud, type ValuePath } from '../../model';
import { type MapNode, nodeAt } from './source-node';

/** The clouds that a router of the files names, broken or not. */
export function cloudsAt(root: MapNode, router: ValuePath): readonly Cloud[] {
  return CLOUDS.filter((cloud) => nodeAt(root, [...router, cloud]) !== undefined);
}

/** The one cloud that a router of the files names; undefined where it names none, or several. */
export function cloudAt(root: MapNode, router: ValuePath): Cloud | undefined {
  const [cloud, ...others] = cloudsAt(root, router);
  return others.length === 0 ? cloud : undefined;
}
