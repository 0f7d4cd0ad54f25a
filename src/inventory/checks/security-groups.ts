import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import type { Check, RouterView } from './context';

/** Security groups of targets on AWS: Terraform makes rules in those of the router's own account, and in no other. */
export const checkSecurityGroups: Check = function* (context) {
  for (const router of context.routers) {
    yield* groupsOf(router);
  }
};

function* groupsOf({ targets, written: { aws } }: RouterView): Iterable<InventoryFinding> {
  // Many targets are behind one group: its owner is told once.
  const told = new Set<string>();
  for (const { path, written } of targets) {
    for (const [index, group] of (written.securityGroupIds ?? []).entries()) {
      const [account = '', id] = group.split('/');
      if (id === undefined || aws?.accountId === undefined) continue;
      const at = [...path, 'securityGroupIds', index];
      if (account === aws.accountId) {
        const reason = fault(
          'PLR1332',
          `${group} is a security group of the router's own account, where Terraform makes the rule itself.`,
          `Write ${id}.`,
        );
        yield errorAt(at, reason);
      } else if (!told.has(group)) {
        told.add(group);
        const reason = fault(
          'PLR1333',
          `The security group ${id} belongs to the account ${account}, where this router's Terraform makes no rule. Until its owner admits the load balancers, connections time out.`,
          'Give the owner the command of the output foreign_security_group_commands.',
        );
        yield warningAt(at, reason);
      }
    }
  }
}
