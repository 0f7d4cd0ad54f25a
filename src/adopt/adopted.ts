import { limit, partitionOf } from '../limits';
import { defined, hostNames, listed } from '../model';
import { principalOf } from '../planner';
import { type AdoptFinding, refused, warned } from './findings';
import type { FoundRouter } from './found';
import type { FoundTarget } from './found-targets';
import { type Identity, identify, type Known } from './hosts';
import { nameOf, targetNames } from './target-names';

/** A target as the router will have it. */
export interface AdoptedTarget extends FoundTarget {
  readonly name: string;
  /** Absent: it has to be completed by hand. */
  readonly host?: string;
  /** All hosts of the inventory's target, where it has several: `host` is the first. */
  readonly hosts?: readonly string[];
  /** The names that clients dial. Absent with a host that is an address, or not known. */
  readonly domains?: readonly [string, ...string[]];
}

/** A router as it is taken over. */
export interface AdoptedRouter extends Omit<FoundRouter, 'targets' | 'records'> {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly vpcId: string;
  /** Sorted as the state has them. */
  readonly subnetIds: readonly string[];
  /** The lowest listener port: the one that the old module counted from. */
  readonly basePort: number;
  readonly sharedDomain?: string;
  /** By listener port, which is the order of the old list. */
  readonly targets: readonly AdoptedTarget[];
}

export interface AdoptChoices extends Known {
  /** The router's name. @default made from the load balancer's */
  readonly name?: string;
  /** The one domain that all targets have. @default each its host */
  readonly sharedDomain?: string;
}

/** Settles names, hosts and domains of a found router. Without `router` the findings say why. */
export function adopt(
  found: FoundRouter,
  choices: AdoptChoices,
): { readonly router?: AdoptedRouter; readonly findings: readonly AdoptFinding[] } {
  const { loadBalancer } = found;
  const { arn, name, vpc_id: vpcId, subnets } = loadBalancer.values;
  const [, partition = '', , region = '', accountId = ''] = arn.split(':');
  const { identities, findings } = identify(found.targets, found.records, choices);
  const names = targetNames(found.targets, namesOf(identities), hostsOf(identities), name);
  const targets = found.targets.map((target): AdoptedTarget => {
    const { host, target: inventory } = identities.get(target) ?? {};
    const domain = choices.sharedDomain ?? (host === undefined || isAddress(host) ? undefined : host);
    const domains = inventory?.domains ?? (domain === undefined ? undefined : ([domain] as const));
    const hosts = inventory !== undefined && inventory.hosts.length > 1 ? hostNames(inventory.hosts) : undefined;
    return {
      ...target,
      name: names.get(target) ?? '',
      ...defined({ host, hosts, domains }),
    };
  });
  const all = [
    ...findings,
    ...targets.flatMap((target) => (target.host === undefined ? [withoutHost(target)] : [])),
    ...tooManyDomains(targets, loadBalancer.resource.address),
    ...place(region, loadBalancer.resource.address),
    ...otherPrincipals(found, partition, region),
  ];
  if (all.some(({ severity }) => severity === 'error')) return { findings: all };
  const { records: _records, ...rest } = found;
  return {
    router: {
      ...rest,
      name: choices.name ?? routerName(name),
      accountId,
      partition,
      region,
      vpcId,
      subnetIds: subnets,
      basePort: targets[0]?.listenerPort ?? 0,
      ...defined({ sharedDomain: choices.sharedDomain }),
      targets,
    },
    findings: all,
  };
}

function namesOf(identities: ReadonlyMap<FoundTarget, Identity>): ReadonlyMap<FoundTarget, string> {
  return new Map(
    [...identities].flatMap(([found, { target }]) => (target === undefined ? [] : [[found, target.name] as const])),
  );
}

function hostsOf(identities: ReadonlyMap<FoundTarget, Identity>): ReadonlyMap<FoundTarget, string> {
  return new Map([...identities].flatMap(([found, { host }]) => (host === undefined ? [] : [[found, host] as const])));
}

/** `privatelink-router-nlb` → `privatelink-router`. */
function routerName(loadBalancer: string): string {
  const name = nameOf(loadBalancer).replace(/-(?:nlb|lb)$/, '');
  return /^[a-z]/.test(name) ? name : `router-${name}`.slice(0, 63);
}

/** True for an IPv4 address. */
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host);
}

function withoutHost({ listener, listenerPort, port, addresses, name }: AdoptedTarget): AdoptFinding {
  return warned(
    'PLR9109',
    listener.resource.address,
    `the state does not say which host the listener on port ${listenerPort} leads to: it has ${listed(addresses)}, port ${port}`,
    `Run it again with \`--host ${listenerPort}=NAME\`, or complete host and domain of ${name} where the written file is marked.`,
  );
}

function tooManyDomains(targets: readonly AdoptedTarget[], address: string): readonly AdoptFinding[] {
  const domains = new Set(targets.flatMap(({ domains: names = [] }) => names));
  const allowed = limit('databricks.domainsPerRule').value;
  if (domains.size <= allowed) return [];
  return [
    refused(
      'PLR9111',
      address,
      `the targets have ${domains.size} domains; a rule takes ${allowed}, and one load balancer has one rule`,
      'Give them a name that they share, which clients then dial with different ports: `--shared-domain NAME`. Or leave some listeners out and add their targets to the router later, where they get a load balancer of their own.',
    ),
  ];
}

/** Which Databricks connects there: one, one of two, or none. */
function place(region: string, address: string): readonly AdoptFinding[] {
  const found = partitionOf(region);
  const { commercial, civilian } = found?.databricks ?? {};
  if (commercial !== undefined) return [];
  const partition = found?.name ?? 'of no name that is known here';
  if (civilian === undefined || found?.regions?.includes(region) === false) {
    return [
      refused(
        'PLR9122',
        address,
        `the load balancer is in ${region}, in the partition ${partition}, where Databricks has no role for private connectivity`,
        'Leave it as it is: nothing of Databricks could connect to it. A router is for a region that Databricks runs serverless compute in.',
      ),
    ];
  }
  const message = `the load balancer is in the partition ${partition}, where the state does not tell which Databricks connects`;
  return [
    warned('PLR9118', address, message, 'Complete `govcloud` with civilian or dod where the written file is marked.'),
  ];
}

/** A router's service admits the role of Databricks alone. */
function otherPrincipals({ service }: FoundRouter, partition: string, region: string): readonly AdoptFinding[] {
  if (service === undefined || partition !== 'aws') return [];
  const others = (service.values.allowed_principals ?? []).filter((arn) => arn !== principalOf({ region }));
  if (others.length === 0) return [];
  return [
    warned(
      'PLR9121',
      service.resource.address,
      `${service.values.service_name} admits ${listed(others)} too, which a router's service does not`,
      'They keep the connections that they have and cannot make new ones: see to it that nobody needs them before you apply.',
    ),
  ];
}
