import { type Implementation, ProviderError, type ResourceKind } from './kind';
import { isSet, isUnknown, same, type Value, type Values } from './values';

/** The switch with which the real provider waits until a rule has its endpoint. */
const WAITING = 'DATABRICKS_TF_ENABLED_PF_RESOURCES';
const RULE = 'databricks_mws_ncc_private_endpoint_rule';

class NotFound extends ProviderError {}

/** The account API, asked as the real provider asks it. */
class Client {
  private readonly host: string;
  public readonly accountId: string;
  private token: Promise<string> | undefined;

  public constructor(host: string, accountId: string) {
    this.host = host.replace(/\/$/, '');
    this.accountId = accountId;
  }

  public async call(method: string, path: string, body?: Values): Promise<Values> {
    this.token ??= this.signIn();
    const response = await fetch(`${this.host}/api/2.0/accounts/${this.accountId}${path}`, {
      method,
      headers: { Authorization: `Bearer ${await this.token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Values;
    if (response.ok) return answer;
    const message = String(answer.message);
    throw response.status === 404
      ? new NotFound(message)
      : new ProviderError(message, `${method} ${path}: ${response.status}`);
  }

  private async signIn(): Promise<string> {
    const id = process.env.DATABRICKS_CLIENT_ID;
    const secret = process.env.DATABRICKS_CLIENT_SECRET;
    if (id === undefined || secret === undefined) {
      throw new ProviderError(
        'cannot configure default credentials',
        'DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET',
      );
    }
    const response = await fetch(`${this.host}/oidc/accounts/${this.accountId}/v1/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'all-apis' }),
    });
    const answer = (await response.json()) as { access_token?: string; message?: string };
    if (!response.ok || answer.access_token === undefined) throw new ProviderError(`oauth: ${answer.message}`);
    return answer.access_token;
  }
}

function text(value: Value): string {
  return typeof value === 'string' ? value : '';
}

/** A missing object is no error of a refresh: Terraform is told that it is gone. */
async function orGone(reading: Promise<Values>): Promise<Values | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function pair(id: string, first: string, second: string): Values {
  const parts = id.split('/');
  if (parts.length !== 2) throw new ProviderError(`invalid ID: ${id}`);
  return { id, [first]: parts[0] ?? '', [second]: parts[1] ?? '' };
}

function ncc(client: () => Client): ResourceKind {
  const asState = (answer: Values): Values => {
    const egress = (answer.egress_config ?? {}) as Values;
    const rules = (egress.target_rules ?? {}) as Values;
    return {
      ...answer,
      id: `${text(answer.account_id)}/${text(answer.network_connectivity_config_id)}`,
      egress_config: [
        {
          default_rules: egress.default_rules ?? null,
          target_rules: isSet(rules.aws_private_endpoint_rules) ? rules : null,
        },
      ],
    };
  };
  const path = (state: Values): string => `/network-connectivity-configs/${text(state.network_connectivity_config_id)}`;
  return {
    replacing: ['name', 'region'],
    computedBlocks: ['egress_config'],
    validate: ({ name }) =>
      typeof name === 'string' && (name.length < 3 || name.length > 30)
        ? [{ summary: `expected length of name to be in the range (3 - 30), got ${name}`, attribute: 'name' }]
        : [],
    create: async ({ name, region }) =>
      asState(await client().call('POST', '/network-connectivity-configs', { name, region })),
    read: async (state) => {
      const answer = await orGone(client().call('GET', path(state)));
      return answer === undefined ? undefined : asState(answer);
    },
    update: async (prior) => prior,
    delete: async (state) => {
      await client().call('DELETE', path(state));
    },
    fromImportId: (id) => pair(id, 'account_id', 'network_connectivity_config_id'),
  };
}

function rule(client: () => Client): ResourceKind {
  const rules = (nccId: Value): string => `/network-connectivity-configs/${text(nccId)}/private-endpoint-rules`;
  const path = (state: Values): string => `${rules(state.network_connectivity_config_id)}/${text(state.rule_id)}`;
  const asState = (answer: Values): Values => ({
    ...answer,
    id: `${text(answer.network_connectivity_config_id)}/${text(answer.rule_id)}`,
    // The real provider writes Go's zero values for what the answer does not hold.
    ...Object.fromEntries(['vpc_endpoint_id', 'endpoint_name', 'error_message'].map((key) => [key, answer[key] ?? ''])),
    deactivated_at: answer.deactivated_at ?? 0,
  });
  const waits = (): boolean => (process.env[WAITING] ?? '').split(',').includes(RULE);

  async function created(answer: Values): Promise<Values> {
    if (!waits()) return asState(await client().call('GET', path(answer)));
    for (;;) {
      const now = await client().call('GET', path(answer));
      const state = text(now.connection_state);
      if (state === 'CREATE_FAILED')
        throw new ProviderError('private endpoint rule creation failed', text(now.error_message), asState(now));
      if (['REJECTED', 'DISCONNECTED', 'EXPIRED'].includes(state)) {
        throw new ProviderError('private endpoint rule reached unusable state', state, asState(now));
      }
      if (state !== 'CREATING') return asState(now);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  return {
    replacing: ['network_connectivity_config_id', 'endpoint_service', 'resource_id', 'group_id'],
    computedBlocks: [],
    validate: (config) => {
      const given = ['group_id', 'resource_names', 'domain_names'].filter(
        (key) => isSet(config[key]) && !isUnknown(config[key]),
      );
      return given.length < 2
        ? []
        : [{ summary: `"${given[0]}": conflicts with ${given[1]}`, attribute: given[0] ?? '' }];
    },
    create: async (planned) => {
      const sent = ['domain_names', 'endpoint_service', 'resource_id', 'group_id', 'resource_names'];
      const body = Object.fromEntries(sent.filter((key) => isSet(planned[key])).map((key) => [key, planned[key]]));
      return created(await client().call('POST', rules(planned.network_connectivity_config_id), body));
    },
    read: async (state) => {
      const answer = await orGone(client().call('GET', path(state)));
      return answer === undefined ? undefined : asState(answer);
    },
    update: async (prior, planned) => {
      const mask = ['enabled', 'domain_names', 'resource_names'].filter((key) => !same(prior[key], planned[key]));
      const body = Object.fromEntries(mask.map((key) => [key, planned[key]]));
      if (mask.length > 0) await client().call('PATCH', `${path(prior)}?update_mask=${mask.join()}`, body);
      return planned;
    },
    delete: async (state) => {
      await orGone(client().call('DELETE', path(state)));
    },
    fromImportId: (id) => pair(id, 'network_connectivity_config_id', 'rule_id'),
  };
}

function binding(client: () => Client): ResourceKind {
  const bind = async (planned: Values): Promise<Values> => {
    const { workspace_id: workspace, network_connectivity_config_id: nccId } = planned;
    await client().call('PATCH', `/workspaces/${workspace}?update_mask=network_connectivity_config_id`, {
      network_connectivity_config_id: nccId,
    });
    await client().call('GET', `/workspaces/${workspace}`);
    return { ...planned, id: `${workspace}/${text(nccId)}` };
  };
  return {
    replacing: ['workspace_id'],
    computedBlocks: [],
    validate: () => [],
    create: bind,
    // The real provider reads nothing and deletes nothing: only a new binding changes a workspace.
    read: async (state) => state,
    update: (_prior, planned) => bind(planned),
    delete: async () => undefined,
    fromImportId: (id) => {
      const values = pair(id, 'workspace_id', 'network_connectivity_config_id');
      return { ...values, workspace_id: Number(values.workspace_id) };
    },
  };
}

/** The data sources of NCCs: the real provider takes the first of a name in the whole account, and panics where there is none. */
function configurations(client: () => Client): Implementation['data'] {
  const all = async (): Promise<readonly Values[]> => {
    const { items } = await client().call('GET', '/network-connectivity-configs');
    return Array.isArray(items) ? (items as Values[]) : [];
  };
  return {
    databricks_mws_network_connectivity_config: {
      read: async ({ name }) => {
        const found = (await all()).find((one) => one.name === name);
        if (found === undefined) {
          throw new ProviderError('panic: runtime error: invalid memory address or nil pointer dereference');
        }
        const { account_id, name: own, network_connectivity_config_id, region } = found;
        return { id: '_', account_id, name: own, network_connectivity_config_id, region };
      },
    },
    databricks_mws_network_connectivity_configs: {
      read: async ({ region }) => ({
        id: '_',
        region,
        names: (await all()).filter((one) => !isSet(region) || one.region === region).map(({ name }) => text(name)),
      }),
    },
  };
}

/** The three resources that a router uses and the data sources of NCCs, acting on the account API that the provider's block names. */
export function databricks(): Implementation {
  let configured: Client | undefined;
  const client = (): Client => {
    if (configured === undefined) throw new ProviderError('the databricks provider is not configured');
    return configured;
  };
  return {
    configure: async (config) => {
      const host = text(config.host) || (process.env.DATABRICKS_HOST ?? '');
      configured = new Client(host, text(config.account_id) || (process.env.DATABRICKS_ACCOUNT_ID ?? ''));
    },
    resources: {
      databricks_mws_network_connectivity_config: ncc(client),
      [RULE]: rule(client),
      databricks_mws_ncc_binding: binding(client),
    },
    data: configurations(client),
  };
}
