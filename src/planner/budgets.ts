import { type LimitId, limit, limitValue, raiseKey, usedValue } from '../limits';
import { byCloud, type Cloud, type CloudTable, type Finding, type Router, regionOf } from '../model';
import { error, type PlannerCode, routerPath } from './findings';

/** One limit that several routers share, because they stand in one region. */
export interface Budget {
  readonly id: LimitId;
  readonly code: PlannerCode;
  /** Where it counts, in words. */
  readonly scope: string;
  readonly value: number;
  /** Used outside this inventory, as it states. */
  readonly used: number;
  /** Taken by this inventory. */
  taken: number;
  readonly routers: Router[];
}

interface Kind {
  readonly id: LimitId;
  readonly code: PlannerCode;
  readonly scope: (router: Router) => string;
}

const inRegion = (router: Router): string =>
  `region ${regionOf(router)} of Databricks account ${router.databricks.accountId}`;

const ACCOUNTS: CloudTable<Router, [], string> = {
  aws: ({ aws }) => `region ${aws.region} of account ${aws.accountId}`,
  azure: ({ azure }) => `subscription ${azure.subscriptionId}`,
};

const inAccount = (router: Router): string => byCloud(ACCOUNTS, router);

/** What a shard takes, by cloud. */
const SHARD_KINDS: Readonly<Record<Cloud, readonly Kind[]>> = {
  aws: [
    { id: 'databricks.endpointsPerRegion', code: 'PLR2401', scope: inRegion },
    { id: 'aws.loadBalancersPerRegion', code: 'PLR2402', scope: inAccount },
  ],
  azure: [
    { id: 'databricks.endpointsPerRegionAzure', code: 'PLR2401', scope: inRegion },
    { id: 'azure.privateLinkServicesPerSubscription', code: 'PLR2404', scope: inAccount },
  ],
};

/** What a target takes, by cloud. */
const TARGET_KINDS: Readonly<Record<Cloud, readonly Kind[]>> = {
  aws: [{ id: 'aws.targetGroupsPerRegion', code: 'PLR2403', scope: inAccount }],
  azure: [],
};

/** The budgets of all regions, shared by the routers that stand there. */
export class Budgets {
  private readonly budgets = new Map<string, Budget>();

  public constructor(private readonly routers: readonly Router[]) {}

  /** The budgets that a shard of a router counts against. */
  public ofShards(router: Router): readonly Budget[] {
    return SHARD_KINDS[router.cloud].map((kind) => this.get(kind, router));
  }

  /** The budgets that a target of a router counts against. */
  public ofTargets(router: Router): readonly Budget[] {
    return TARGET_KINDS[router.cloud].map((kind) => this.get(kind, router));
  }

  /** One finding for each budget that is exceeded already, whatever else is asked for. */
  public exceeded(): readonly Finding[] {
    return [...this.budgets.values()].filter((budget) => left(budget) < 0).map(exceeded);
  }

  private get(kind: Kind, router: Router): Budget {
    const scope = kind.scope(router);
    const key = JSON.stringify([kind.id, scope]);
    const found = this.budgets.get(key) ?? this.make(kind, scope, router.cloud);
    this.budgets.set(key, found);
    return found;
  }

  /** Where routers of one region state different numbers, the highest counts: all of them speak of the same region. */
  private make(kind: Kind, scope: string, cloud: Cloud): Budget {
    const routers = this.routers.filter((router) => router.cloud === cloud && kind.scope(router) === scope);
    const values = routers.map((router) => limitValue(kind.id, router.limits));
    const used = routers.map((router) => usedValue(kind.id, router.limits));
    return { ...kind, scope, value: Math.max(...values), used: Math.max(...used), taken: 0, routers };
  }
}

/** How much of a budget is left; negative where it is exceeded. */
export function left(budget: Budget): number {
  return budget.value - budget.used - budget.taken;
}

/** `30 private endpoints in region us-east-2: 25 of this inventory, 5 used elsewhere`. */
export function budgetWords(budget: Budget): string {
  const { usedKey, unit } = limit(budget.id);
  const elsewhere = usedKey === undefined ? '' : `, ${budget.used} stated as used elsewhere (${usedKey})`;
  return `${budget.value} ${unit} in ${budget.scope}; ${budget.taken} are taken by this inventory${elsewhere}`;
}

/** How a user raises the limit of a budget, where its provider does that, or makes room. */
export function budgetRemedy({ id }: Budget): string {
  const room = 'Let targets share a domain, take emptied shards away';
  return limit(id).adjustable
    ? `${room}, or have the limit raised and state it: \`limits: { ${raiseKey(id)}: … }\`.`
    : `${room}, or put targets into a router elsewhere: nobody raises this limit.`;
}

function exceeded(budget: Budget): Finding {
  const first = budget.routers[0]?.name ?? '';
  const message = `allowed are ${budgetWords(budget)}: ${-left(budget)} too many`;
  return error(budget.code, routerPath(first), message, budgetRemedy(budget));
}
