import { TerraformLocal, type TerraformStack } from 'cdktf';
import {
  addAzureProviders,
  NetworkConnectivity,
  pinned,
  RouterTags,
  terraformText,
  WorkspaceBindings,
} from '../src/constructs';
import type { PlannedAzureRouter } from '../src/model';
import { type StackContent, unboundAddresses } from './content';
import { connections, type Output } from './outputs';

/** Puts a router of Azure into its stack. */
export function fillAzureStack(stack: TerraformStack, router: PlannedAzureRouter): StackContent {
  const leaving = router.teardown === 'destroy';
  addAzureProviders(stack, { azure: router.azure, databricks: router.databricks });
  return {
    providers: ['azurerm', 'databricks'],
    ...(leaving ? { literals: {}, outputs: {} } : addRouter(stack, router)),
    // Rules are keyed by listener port: a target's name stands in no address.
    moved: [],
    forgotten: leaving ? unboundAddresses(router) : [],
  };
}

function addRouter(
  stack: TerraformStack,
  router: PlannedAzureRouter,
): { readonly literals: Readonly<Record<string, unknown>>; readonly outputs: Readonly<Record<string, Output>> } {
  pinned(new TerraformLocal(stack, 'location', terraformText(router.azure.location)), 'location');
  new RouterTags(stack, {
    router: router.name,
    ...(router.env === undefined ? {} : { environment: router.env }),
    tags: router.tags,
  });
  const ncc = new NetworkConnectivity(stack, 'ncc', { ncc: router.ncc, region: router.azure.location });
  new WorkspaceBindings(stack, 'workspaces', { nccId: ncc.id, workspaceIds: router.ncc.workspaceIds, after: [] });
  return {
    literals: { connections: connections(router) },
    outputs: { ncc_id: { description: 'Network connectivity configuration that holds the rules.', value: ncc.id } },
  };
}
