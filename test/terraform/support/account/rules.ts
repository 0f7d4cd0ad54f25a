import { randomUUID } from 'node:crypto';
import type { AccountCloud } from './clouds';
import { onlyKnown, refuse } from './errors';
import { findNcc } from './nccs';
import { type AccountState, type ConnectionState, type EndpointCloud, QUOTAS, type Rule } from './state';

type Body = Readonly<Record<string, unknown>>;

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

function checkDomain(domain: unknown, cloud: AccountCloud): string {
  if (typeof domain !== 'string') return refuse('domain_names must hold strings');
  if (domain.includes('*')) refuse(`domain name '${domain}': wildcards are not supported`);
  if (/^\d+(\.\d+){3}$/.test(domain)) refuse(`domain name '${domain}' is an IP address`);
  const labels = domain.toLowerCase().split('.');
  if (domain.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    refuse(`domain name '${domain}' must be a fully qualified domain name`);
  }
  // Databricks itself keeps upper case and so makes a difference on every plan; a test should see it at once.
  if (domain !== domain.toLowerCase()) refuse(`domain name '${domain}' must be in lower case`);
  cloud.demandDomain(domain);
  return domain;
}

function checkDomains(value: unknown, cloud: AccountCloud): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return refuse('domain_names must have at least one entry');
  if (value.length > QUOTAS.domainsPerRule) {
    refuse(`at most ${QUOTAS.domainsPerRule} domain names per private endpoint rule, got ${value.length}`);
  }
  const domains = value.map((domain) => checkDomain(domain, cloud));
  if (new Set(domains).size !== domains.length) refuse('domain_names contains duplicates');
  return domains;
}

/** The service that a rule reaches, in either cloud. */
export function serviceOf(rule: Rule): string {
  return rule.endpoint_service ?? rule.resource_id ?? '';
}

function endpointOf(rule: Rule): string | undefined {
  return rule.vpc_endpoint_id ?? rule.endpoint_name;
}

function isLive(rule: Rule): boolean {
  return !rule.deactivated;
}

/** The rules of an NCC, those with a fading endpoint included. */
export function rulesOf(state: AccountState, nccId: string): readonly Rule[] {
  return [...state.rules.values()].filter((rule) => rule.network_connectivity_config_id === nccId);
}

function findRule(state: AccountState, nccId: string, ruleId: string): Rule {
  const rule = state.rules.get(ruleId);
  if (rule === undefined || rule.network_connectivity_config_id !== nccId) {
    return refuse(`Private endpoint rule ${ruleId} not found`, 'RESOURCE_DOES_NOT_EXIST', 404);
  }
  return rule;
}

/** The rules of an account: made, changed and deleted as the real API does, with its refusals. */
export class Rules {
  private readonly state: AccountState;
  private readonly cloud: EndpointCloud;
  private readonly creating = new Map<string, Promise<void>>();

  public constructor(state: AccountState, cloud: EndpointCloud) {
    this.state = state;
    this.cloud = cloud;
  }

  public create(nccId: string, body: Body): Rule {
    const { cloud } = this.state;
    const field = cloud.serviceField;
    onlyKnown(body, ['domain_names', field, 'error_message', 'gcp_endpoint'], 'CreatePrivateEndpointRule');
    const ncc = findNcc(this.state, nccId);
    const service = String(body[field] ?? '');
    cloud.demandService(service, ncc.region);
    const domains = checkDomains(body.domain_names, cloud);
    if (rulesOf(this.state, nccId).some((rule) => isLive(rule) && serviceOf(rule) === service)) {
      refuse(`A private endpoint rule for ${service} already exists in NCC ${nccId}`, 'ALREADY_EXISTS', 409);
    }
    this.checkQuota(ncc.region);
    const now = Date.now();
    const rule: Rule = {
      rule_id: randomUUID(),
      account_id: this.state.accountId,
      network_connectivity_config_id: nccId,
      [field]: service,
      domain_names: domains,
      connection_state: 'CREATING',
      creation_time: now,
      updated_time: now,
      enabled: true,
      deactivated: false,
    };
    this.state.rules.set(rule.rule_id, rule);
    return rule;
  }

  /**
   * The rule as it is. An endpoint takes minutes, so who looks right after the creation sees CREATING and no id; here it
   * comes up after that first look, however fast or slow the machine is.
   */
  public show(nccId: string, ruleId: string): Rule {
    const rule = findRule(this.state, nccId, ruleId);
    const seen = { ...rule };
    if (rule.connection_state === 'CREATING' && !this.creating.has(ruleId)) {
      const coming = this.bringUp(rule, findNcc(this.state, nccId).region);
      this.creating.set(
        ruleId,
        coming.finally(() => this.creating.delete(ruleId)),
      );
    }
    return seen;
  }

  public update(nccId: string, ruleId: string, body: Body, mask: string): Rule {
    const rule = findRule(this.state, nccId, ruleId);
    if (mask === '') refuse('Update mask must be specified');
    for (const field of mask.split(',')) {
      if (field === 'enabled') refuse('Updating `enabled` is only supported for S3 private endpoint rules');
      if (field !== 'domain_names') refuse(`Invalid update mask: ${field}`);
      rule.domain_names = checkDomains(body.domain_names, this.state.cloud);
    }
    rule.updated_time = Date.now();
    return rule;
  }

  /** A rule that never carried traffic vanishes; another is deactivated and its endpoint lives on for days. */
  public async delete(nccId: string, ruleId: string): Promise<Rule> {
    const rule = findRule(this.state, nccId, ruleId);
    if (['PENDING', 'EXPIRED', 'CREATE_FAILED'].includes(rule.connection_state)) {
      this.state.rules.delete(ruleId);
      const endpoint = endpointOf(rule);
      if (endpoint !== undefined) await this.cloud.settle(endpoint, 'deleted');
    } else {
      rule.deactivated = true;
      rule.deactivated_at = Date.now();
    }
    return rule;
  }

  /** What happens outside Terraform: a rule expires, or its endpoint is rejected. */
  public async setState(rule: Rule, state: ConnectionState): Promise<void> {
    rule.connection_state = state;
    rule.updated_time = Date.now();
    const endpoint = endpointOf(rule);
    if (endpoint === undefined) return;
    if (state === 'EXPIRED') await this.cloud.settle(endpoint, 'expired');
    if (state === 'REJECTED' || state === 'DISCONNECTED') await this.cloud.settle(endpoint, 'rejected');
  }

  /** The owner of the service accepted or rejected the endpoint, or deleted its connection. */
  public endpointSettled(endpoint: string, state: string): void {
    const states: Readonly<Record<string, ConnectionState>> = { available: 'ESTABLISHED', deleted: 'DISCONNECTED' };
    for (const rule of this.state.rules.values()) {
      if (endpointOf(rule) !== endpoint) continue;
      rule.connection_state = states[state] ?? 'REJECTED';
      rule.updated_time = Date.now();
    }
  }

  /** Ends when no endpoint is on its way any more. */
  public async idle(): Promise<void> {
    await Promise.all(this.creating.values());
  }

  private checkQuota(region: string): void {
    const inRegion = [...this.state.rules.values()].filter(
      (rule) => this.state.nccs.get(rule.network_connectivity_config_id)?.region === region,
    );
    if (inRegion.length >= this.state.cloud.endpointsPerRegion) {
      refuse(
        `Private endpoints in ${region} have reached the limit of ${this.state.cloud.endpointsPerRegion}`,
        'QUOTA_EXCEEDED',
      );
    }
  }

  private async bringUp(rule: Rule, region: string): Promise<void> {
    const endpoint = this.state.cloud.newEndpoint(rule.network_connectivity_config_id);
    const refusal = await this.cloud.connect(serviceOf(rule), endpoint, region).catch(String);
    if (refusal === undefined) {
      rule[this.state.cloud.endpointField] = endpoint;
      rule.connection_state = 'PENDING';
    } else {
      rule.connection_state = 'CREATE_FAILED';
      rule.error_message = refusal;
    }
    rule.updated_time = Date.now();
  }
}
