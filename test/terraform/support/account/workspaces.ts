import { refuse } from './errors';
import { findNcc } from './nccs';
import { type AccountState, QUOTAS, type Workspace } from './state';

/** The workspace with this id, or the API's 404. */
export function findWorkspace(state: AccountState, id: string): Workspace {
  return state.workspaces.get(id) ?? refuse(`Workspace ${id} not found`, 'RESOURCE_DOES_NOT_EXIST', 404);
}

/**
 * Binds a workspace to an NCC. A second binding silently takes the place of the first; an empty id, which would unbind,
 * is ignored, as the real API is seen to do.
 */
export function bindWorkspace(
  state: AccountState,
  id: string,
  body: Readonly<Record<string, unknown>>,
  mask: string,
): Workspace {
  const workspace = findWorkspace(state, id);
  if (mask !== 'network_connectivity_config_id') refuse(`Invalid update mask: ${mask}`);
  const wanted = body.network_connectivity_config_id;
  if (typeof wanted !== 'string' || wanted === '') return workspace;
  const ncc = findNcc(state, wanted);
  const region = workspace[state.cloud.workspaceRegion];
  if (ncc.region !== region) {
    refuse(`Workspace ${id} is in ${region} but the network connectivity configuration is in ${ncc.region}`);
  }
  const others = [...state.workspaces.values()].filter(
    (other) => other !== workspace && other.network_connectivity_config_id === wanted,
  );
  if (others.length >= QUOTAS.workspacesPerNcc) {
    refuse(
      `The network connectivity configuration is attached to ${QUOTAS.workspacesPerNcc} workspaces`,
      'QUOTA_EXCEEDED',
    );
  }
  workspace.network_connectivity_config_id = wanted;
  return workspace;
}
