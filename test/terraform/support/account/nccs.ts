import { randomUUID } from 'node:crypto';
import { onlyKnown, refuse } from './errors';
import { type AccountState, type Ncc, QUOTAS } from './state';

type Body = Readonly<Record<string, unknown>>;

/** The NCC with this id, or the API's 404. */
export function findNcc(state: AccountState, id: string): Ncc {
  const ncc = state.nccs.get(id);
  if (ncc === undefined) {
    return refuse(`Network connectivity configuration ${id} not found`, 'RESOURCE_DOES_NOT_EXIST', 404);
  }
  return ncc;
}

/** The NCC as the API shows it, its rules included. */
export function showNcc(state: AccountState, ncc: Ncc): object {
  const rules = [...state.rules.values()].filter(
    (rule) => rule.network_connectivity_config_id === ncc.network_connectivity_config_id,
  );
  return {
    ...ncc,
    egress_config: {
      default_rules: state.cloud.defaultRules,
      target_rules: rules.length === 0 ? {} : { [state.cloud.rulesField]: rules },
    },
  };
}

export function createNcc(state: AccountState, body: Body): Ncc {
  onlyKnown(body, ['name', 'region'], 'CreateNetworkConnectivityConfiguration');
  const { name, region } = body;
  if (typeof name !== 'string' || !/^[0-9a-zA-Z\-_]{3,30}$/.test(name)) {
    return refuse('name must match ^[0-9a-zA-Z-_]{3,30}$');
  }
  if (typeof region !== 'string' || !state.cloud.regions.includes(region)) {
    return refuse(`region '${region}' is not supported`);
  }
  const known = [...state.nccs.values()];
  if (known.some((ncc) => ncc.name === name)) {
    refuse(`Network connectivity configuration ${name} already exists`, 'ALREADY_EXISTS', 409);
  }
  if (known.filter((ncc) => ncc.region === region).length >= QUOTAS.nccsPerRegion) {
    refuse(`Network connectivity configurations in ${region} have reached the limit`, 'QUOTA_EXCEEDED');
  }
  const now = Date.now();
  const ncc: Ncc = {
    network_connectivity_config_id: randomUUID(),
    account_id: state.accountId,
    name,
    region,
    creation_time: now,
    updated_time: now,
  };
  state.nccs.set(ncc.network_connectivity_config_id, ncc);
  return ncc;
}

/** Refused while the NCC has a rule or a workspace: what a plain destroy runs into. */
export function deleteNcc(state: AccountState, id: string): void {
  const ncc = findNcc(state, id);
  const stays = `Network Connectivity Config ${ncc.name} is unable to be deleted because it`;
  if ([...state.rules.values()].some((rule) => rule.network_connectivity_config_id === id && !rule.deactivated)) {
    refuse(`${stays} has one or more private endpoint rules`, 'INVALID_STATE');
  }
  if ([...state.workspaces.values()].some((workspace) => workspace.network_connectivity_config_id === id)) {
    refuse(`${stays} is attached to one or more workspaces`, 'INVALID_STATE');
  }
  state.nccs.delete(id);
}
