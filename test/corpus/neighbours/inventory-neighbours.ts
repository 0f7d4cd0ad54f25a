import { AZURE_NEIGHBOURS } from './azure-neighbours';
import { FILE_NEIGHBOURS } from './file-neighbours';
import type { Neighbour } from './neighbour';
import { ROUTE_NEIGHBOURS } from './route-neighbours';
import { ROUTER_NEIGHBOURS } from './router-neighbours';
import { SHAPE_NEIGHBOURS } from './shape-neighbours';
import { TAG_NEIGHBOURS } from './tag-neighbours';
import { TARGET_NEIGHBOURS } from './target-neighbours';

/** Every legal neighbour that is an inventory. */
export const INVENTORY_NEIGHBOURS: readonly Neighbour[] = [
  ...FILE_NEIGHBOURS,
  ...SHAPE_NEIGHBOURS,
  ...TARGET_NEIGHBOURS,
  ...ROUTER_NEIGHBOURS,
  ...TAG_NEIGHBOURS,
  ...AZURE_NEIGHBOURS,
  ...ROUTE_NEIGHBOURS,
];
