import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY_LOCK } from '../../../src/lock';
import type { Lock, PlannedAwsRouter, PlannedAzureRouter, RoutingPlan } from '../../../src/model';
import { emitInto, type InventoryDocument } from '../../support/emit';
import { LOCATION, RESOURCE_GROUP, type SeededNetwork } from './azure';
import type { SeededVpc } from './moto';
import { AWS_ACCOUNT, AZURE_DATABRICKS_ACCOUNT, DATABRICKS_ACCOUNT, REGION, WORKSPACES, type World } from './world';

/** What a user's inventory and lock came to. */
export interface Emission {
  readonly plan: RoutingPlan;
  readonly lock: Lock;
  /** Codes of the warnings. */
  readonly warnings: readonly string[];
  /** The folder of a router's stack. */
  stack(router: string): string;
}

/** The only router of a plan, which is one of AWS. */
export function awsRouter({ routers }: RoutingPlan): PlannedAwsRouter {
  const [router, ...others] = routers;
  if (router?.cloud !== 'aws' || others.length > 0) throw new Error('the plan is not of a single router of AWS');
  return router;
}

/** The only router of a plan, which is one of Azure. */
export function azureRouter({ routers }: RoutingPlan): PlannedAzureRouter {
  const [router, ...others] = routers;
  if (router?.cloud !== 'azure' || others.length > 0) throw new Error('the plan is not of a single router of Azure');
  return router;
}

/** Reads, plans and synthesizes an inventory, as the command line does; an error in it fails the test. */
export function emit(world: World, document: InventoryDocument, lock: Lock = EMPTY_LOCK): Emission {
  mkdirSync(world.path('emissions'), { recursive: true });
  const { out, ...emitted } = emitInto(mkdtempSync(world.path('emissions/e-')), { document, lock });
  return { ...emitted, stack: (router) => join(out, 'stacks', router) };
}

/** An inventory of routers that stand in the world's cloud and account. */
export function inventoryOf(
  world: World,
  vpc: Pick<SeededVpc, 'vpcId' | 'subnetIds'>,
  routers: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  top: InventoryDocument = {},
): InventoryDocument {
  const aws = { accountId: AWS_ACCOUNT, region: REGION, vpcId: vpc.vpcId, subnetIds: vpc.subnetIds };
  return {
    version: 1,
    databricks: { accountId: DATABRICKS_ACCOUNT, host: world.account.url },
    ...top,
    routers: Object.fromEntries(
      Object.entries(routers).map(([name, router]) => [
        name,
        { aws, ncc: { name, workspaceIds: [Number(WORKSPACES[0])] }, ...router },
      ]),
    ),
  };
}

/** An inventory of routers that stand in the world's Azure and its account of Databricks. */
export function azureInventoryOf(
  world: World,
  network: Pick<SeededNetwork, 'subnetId' | 'natSubnetId'>,
  routers: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  top: InventoryDocument = {},
): InventoryDocument {
  const { subnetId, natSubnetId } = network;
  const place = { location: LOCATION, resourceGroupName: RESOURCE_GROUP, subnetId, natSubnetId };
  return {
    version: 1,
    databricks: { accountId: AZURE_DATABRICKS_ACCOUNT, host: world.azureAccount.url },
    ...top,
    routers: Object.fromEntries(
      Object.entries(routers).map(([name, { azure, ...router }]) => [
        name,
        {
          azure: { ...place, ...(azure as object | undefined) },
          ncc: { name, workspaceIds: [Number(WORKSPACES[0])] },
          ...router,
        },
      ]),
    ),
  };
}
