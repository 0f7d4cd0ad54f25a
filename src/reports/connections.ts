import { connectionsOf, type TargetConnection } from '../flows';
import type { RoutingPlan } from '../model';

/** What a client of one target of a plan needs to know. */
export interface Connection extends TargetConnection {
  readonly router: string;
}

/** Who dials what, for every target that is enabled, in the plan's order. */
export function connections(plan: RoutingPlan): readonly Connection[] {
  return plan.routers.flatMap((router) => connectionsOf(router).map((one) => ({ router: router.name, ...one })));
}
