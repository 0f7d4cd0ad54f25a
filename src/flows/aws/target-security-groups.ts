import { compareText, type PlannedAwsRouter } from '../../model';
import type { TargetSecurityGroup } from '../admission';
import type { Hop } from '../hop';
import { awsFlows } from './flows';

/** An inbound rule that a security group needs: from the router's load balancers, by TCP, to a port. */
export interface GroupAdmission {
  readonly securityGroupId: string;
  readonly port: number;
}

/** What an owner of another account has to admit. */
export interface ForeignAdmission extends Pick<GroupAdmission, 'securityGroupId'> {
  readonly accountId: string;
  /** By number, each once. */
  readonly ports: readonly number[];
}

/**
 * The rules for the groups of the router's own account, by group and port. Two targets behind one group and port need a
 * rule once; a health check on another port needs one too.
 */
export function targetGroupAdmissions(router: PlannedAwsRouter): readonly GroupAdmission[] {
  return [...portsByGroup(router, ({ accountId }) => accountId === undefined)].flatMap(([securityGroupId, ports]) =>
    ports.map((port) => ({ securityGroupId, port })),
  );
}

/** What the owners of groups in other accounts have to admit, by account and group. */
export function foreignGroupAdmissions(router: PlannedAwsRouter): readonly ForeignAdmission[] {
  return [...portsByGroup(router, ({ accountId }) => accountId !== undefined)].map(([group, ports]) => {
    const [accountId = '', securityGroupId = ''] = group.split('/');
    return { accountId, securityGroupId, ports };
  });
}

/** Ports by group, `sg-…` or `ACCOUNT/sg-…`, sorted. */
function portsByGroup(
  router: PlannedAwsRouter,
  wanted: (group: TargetSecurityGroup) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  const hops: readonly Hop[] = awsFlows(router).flatMap((flow) => flow.hops);
  for (const { port, admittedBy } of hops) {
    for (const one of admittedBy) {
      if (one.kind !== 'target-security-group' || !wanted(one)) continue;
      const group = one.accountId === undefined ? one.id : `${one.accountId}/${one.id}`;
      found.set(group, (found.get(group) ?? new Set()).add(port));
    }
  }
  return new Map(
    [...found].sort(([a], [b]) => compareText(a, b)).map(([group, ports]) => [group, [...ports].sort((a, b) => a - b)]),
  );
}
