import { limit, limitValue, raiseKey } from '../limits';
import {
  backendsOf,
  byCloud,
  type CloudTable,
  type Finding,
  type Ncc,
  type PlannedRouter,
  type Router,
} from '../model';
import { routerPath, warning } from './findings';

const ID = 'terraform.targetsPerRouter';

/** Why many targets take long; undefined: a target is a line of the forwarders' configuration, and no resource. */
const SLOW: CloudTable<PlannedRouter, [], string | undefined> = {
  aws: () =>
    `with ${limit(ID).value} an apply of all takes about four minutes and a destroy seven, and with more they slow down faster than the targets grow`,
  azure: ({ azure }) =>
    azure.loadBalancing === 'ha-ports'
      ? undefined
      : 'azurerm writes a load balancer once for each of its rules, one after the other, and Terraform reads all of them at every plan',
};

/**
 * A router that is more than one state of Terraform takes quickly (PLR2541).
 * @param stated what the inventory states about limits, the router's own included
 */
export function stateSize(router: PlannedRouter, stated: Router['limits']): readonly Finding[] {
  const most = limitValue(ID, stated);
  const number = router.shards.reduce((sum, shard) => sum + backendsOf(shard).length, 0);
  const slow = byCloud(SLOW, router);
  if (number <= most || slow === undefined || router.teardown !== undefined) return [];
  return [
    warning(
      'PLR2541',
      routerPath(router.name, 'targets'),
      `${router.name} has ${number} open targets in one state of Terraform; up to ${most} are recommended: ${slow}.`,
      `Split it: a second router with \`ncc: ${sharing(router)}\` uses the same NCC and workspaces. A target that goes over has a port and a shard of its own there, and its domain, which stands in one router of an NCC alone, has to leave this one: docs/splitting.md has the steps. Where the time is all right, state it: \`limits: { ${raiseKey(ID)}: ${number} }\`.`,
    ),
  ];
}

/** What another router writes to use the NCC of this one. */
function sharing({ name, ncc }: { readonly name: string; readonly ncc: Ncc }): string {
  if (ncc.name !== undefined) return `{ router: ${name} }`;
  if (ncc.id !== undefined) return `{ id: ${ncc.id} }`;
  return ncc.router === undefined ? `{ existing: ${ncc.existing} }` : `{ router: ${ncc.router} }`;
}
