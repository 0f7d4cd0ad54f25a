import { byCloud, type CloudTable, type Inventory, type LockedRouter, type PlannedRouter, type Router } from '../model';
import { plannedAwsRouter, removedAwsRouter } from './aws/planned-router';
import { plannedAzureRouter, removedAzureRouter } from './azure/planned-router';
import type { Draft, Removal } from './draft';

const PLANNED: CloudTable<Router, [inventory: Inventory, draft: Draft, locked: LockedRouter], PlannedRouter> = {
  aws: (router, inventory, draft, locked) => plannedAwsRouter(inventory, router, draft, locked),
  azure: (router, inventory, draft, locked) => plannedAzureRouter(inventory, router, draft, locked),
};

const REMOVED: CloudTable<Router, [inventory: Inventory, locked: LockedRouter | undefined], PlannedRouter> = {
  aws: (router, inventory, locked) => removedAwsRouter(inventory, router, locked),
  azure: (router, inventory, locked) => removedAzureRouter(inventory, router, locked),
};

/** The router as the constructs translate it, from its draft and its entry in the new lock. */
export function plannedRouter(inventory: Inventory, draft: Draft, locked: LockedRouter): PlannedRouter {
  return byCloud(PLANNED, draft.router, inventory, draft, locked);
}

/** The router without shards, of which only the removal is planned. */
export function removedRouter(inventory: Inventory, { router, locked }: Removal): PlannedRouter {
  // Nothing of an entry of another cloud means anything here.
  const known = locked?.cloud === router.cloud ? locked : undefined;
  return byCloud(REMOVED, router, inventory, known);
}
