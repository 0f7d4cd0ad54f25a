import type { Inventory, LockedRouter, PlannedRouter } from '../model';
import { plannedAwsRouter, removedAwsRouter } from './aws/planned-router';
import { plannedAzureRouter, removedAzureRouter } from './azure/planned-router';
import type { Draft, Removal } from './draft';

/** The router as the constructs translate it, from its draft and its entry in the new lock. */
export function plannedRouter(inventory: Inventory, draft: Draft, locked: LockedRouter): PlannedRouter {
  const { router } = draft;
  return router.cloud === 'aws'
    ? plannedAwsRouter(inventory, router, draft, locked)
    : plannedAzureRouter(inventory, router, draft, locked);
}

/** The router without shards, of which only the removal is planned. */
export function removedRouter(inventory: Inventory, { router, locked }: Removal): PlannedRouter {
  // Nothing of an entry of another cloud means anything here.
  const known = locked?.cloud === router.cloud ? locked : undefined;
  return router.cloud === 'aws'
    ? removedAwsRouter(inventory, router, known)
    : removedAzureRouter(inventory, router, known);
}
