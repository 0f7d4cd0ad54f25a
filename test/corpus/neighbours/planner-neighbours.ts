import { PLACE_NEIGHBOURS } from './place-neighbours';
import type { PlannerNeighbour } from './planner-neighbour';
import { PORT_NEIGHBOURS } from './port-neighbours';
import { ROOM_NEIGHBOURS } from './room-neighbours';

/** Every legal neighbour that the planner judges. */
export const PLANNER_NEIGHBOURS: readonly PlannerNeighbour[] = [
  ...PORT_NEIGHBOURS,
  ...ROOM_NEIGHBOURS,
  ...PLACE_NEIGHBOURS,
];
