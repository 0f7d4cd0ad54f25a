import { randomUUID } from 'node:crypto';
import { onlyKnown, refuse } from './errors';
import { type AccountState, type Ncc, QUOTAS } from './state';

type Body = Readonly<Record<string, unknown>>;

const REGIONS: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1', 'us-gov-west-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1'],
  ...['ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'ap-northeast-2'],
];

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
      default_rules: { aws_stable_ip_rule: { cidr_blocks: ['18.97.134.192/26', '44.234.192.32/28'] } },
      target_rules: rules.length === 0 ? {} : { aws_private_endpoint_rules: rules },
    },
  };
}

export function createNcc(state: AccountState, body: Body): Ncc {
  onlyKnown(body, ['name', 'region'], 'CreateNetworkConnectivityConfiguration');
  const { name, region } = body;
  if (typeof name !== 'string' || !/^[0-9a-zA-Z\-_]{3,30}$/.test(name)) {
    return refuse('name must match ^[0-9a-zA-Z-_]{3,30}$');
  }
  if (typeof region !== 'string' || !REGIONS.includes(region)) return refuse(`region '${region}' is not supported`);
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
