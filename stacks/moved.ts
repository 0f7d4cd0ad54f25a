import { shardResource } from '../src/constructs';
import { backendsOf, type PlannedAwsRouter } from '../src/model';

/** A resource's old and new address. */
export interface MovedAddress {
  readonly from: string;
  readonly to: string;
}

/**
 * What a renamed target takes with it on AWS: its target group and its listener. Attachments are keyed by the target
 * group's name, which outlives a rename, and data sources have nothing to keep. On Azure no address carries a target's
 * name.
 */
export function movedAddresses(router: PlannedAwsRouter): MovedAddress[] {
  return router.shards.flatMap((shard) =>
    backendsOf(shard).flatMap(({ target, renamedFrom }) => {
      if (renamedFrom === undefined || renamedFrom === target) return [];
      return [
        `aws_lb_target_group.${shardResource(shard.key, 'target')}`,
        `aws_lb_listener.${shardResource(shard.key, 'listener')}`,
      ].map((resource) => ({ from: `${resource}["${renamedFrom}"]`, to: `${resource}["${target}"]` }));
    }),
  );
}
