import type { PlannedPool } from '../../model';
import type { ForwarderSecurityGroup } from '../admission';
import type { Forwarders } from '../endpoint';
import type { ForwarderRuleName } from './forwarder-rules';

/** The machines of a pool. */
export function forwardersOf({ key: pool }: PlannedPool): Forwarders {
  return { kind: 'forwarders', pool };
}

/** Admitted by a rule of the security group of the pool's machines. */
export function admittedBy({ key: pool }: PlannedPool, rule: ForwarderRuleName): readonly [ForwarderSecurityGroup] {
  return [{ kind: 'forwarder-security-group', pool, rule }];
}
