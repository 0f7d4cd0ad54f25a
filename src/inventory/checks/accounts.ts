import { partitionOf } from '../../limits';
import { CLOUD_NAMES, type Cloud, type ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { meantAt } from '../shape/key-faults';
import { type Console, consoleOf, defaultAccountHost } from '../values/account-host';
import { type Check, type CheckContext, isPlaced, type PlacedRouterView, type RouterView } from './context';

/** The Databricks accounts: each router has one, it is of the router's cloud, and so is the account console. */
export const checkAccounts: Check = function* (context) {
  yield* missing(context);
  yield* hosts(context);
  yield* sharedAccounts(context);
  yield* subscriptions(context);
};

/** The account that a router belongs to: its own, or the inventory's. */
function writtenAccount({ path, written }: RouterView, context: CheckContext) {
  const own = [...path, 'databricks'];
  return context.has(own)
    ? { path: own as ValuePath, account: written.databricks }
    : { path: ['databricks'] as ValuePath, account: context.written.databricks };
}

/** Whatever tells one account from another; empty where it is not known. */
export function accountOf(router: RouterView, context: CheckContext): string {
  return (writtenAccount(router, context).account?.accountId ?? '').toLowerCase();
}

/** Which Databricks a router belongs to by its place; undefined where the place does not tell. */
export function consoleOfRouter({ cloud, written }: RouterView): Console | undefined {
  return cloud === undefined ? undefined : CONSOLE_OF[cloud](written);
}

const CONSOLE_OF: Readonly<Record<Cloud, (written: RouterView['written']) => Console | undefined>> = {
  aws: ({ aws }) => {
    if (aws?.region === undefined) return undefined;
    const databricks = partitionOf(aws.region)?.databricks ?? {};
    return databricks.commercial === undefined ? aws.govcloud : 'commercial';
  },
  azure: () => 'azure',
};

function* missing(context: CheckContext): Iterable<InventoryFinding> {
  if (context.has(['databricks']) || meantAt(context.root, []).includes('databricks')) return;
  const without = context.routers.filter(
    ({ path }) => !context.has([...path, 'databricks']) && !meantAt(context.root, path).includes('databricks'),
  );
  if (without.length === 0) return;
  const names = without.slice(0, 5).map(({ name }) => name);
  const reason = fault(
    'PLR1102',
    `The key "databricks" is missing here: the Databricks account of ${names.join(', ')}${without.length > 5 ? ' and others' : ''}.`,
    'Add databricks: with accountId, here for all routers or at the router for its own.',
  );
  yield errorAt(['databricks'], reason);
}

/** Each stated host is judged once; the inventory's own by the first router that it does not fit. */
function* hosts(context: CheckContext): Iterable<InventoryFinding> {
  const told = new Set<string>();
  const stated = (path: ValuePath, host: string | undefined): host is string => {
    const key = JSON.stringify(path);
    return host !== undefined && !told.has(key) && told.add(key) !== undefined;
  };
  const top = context.written.databricks?.host;
  if (top !== undefined && consoleOf(top) === undefined && stated(['databricks', 'host'], top)) {
    yield unknownHost(['databricks', 'host'], top, context.routers.map(consoleOfRouter).find(Boolean));
  }
  for (const router of context.routers.filter(isPlaced)) {
    const { path, account } = writtenAccount(router, context);
    const at = [...path, 'host'];
    const host = account?.host;
    const own = consoleOfRouter(router);
    if (host === undefined || own === undefined || consoleOf(host) === own || !stated(at, host)) continue;
    if (consoleOf(host) === undefined) {
      yield unknownHost(at, host, own);
      continue;
    }
    const reason = fault(
      'PLR1311',
      `${host} is not the account console of ${router.region ?? CLOUD_NAMES[router.cloud]} (${router.name}), which is ${defaultAccountHost(own)}.`,
      `Write ${defaultAccountHost(own)}, or leave the key away; a router of another cloud has databricks: of its own.`,
    );
    yield errorAt(at, reason);
  }
}

function unknownHost(path: ValuePath, host: string, kind: Console | undefined): InventoryFinding {
  const reason = fault(
    'PLR1311',
    `${host} is not an account console of Databricks that is known here.`,
    `Write ${defaultAccountHost(kind)}, unless a stand-in is meant.`,
  );
  return warningAt(path, reason);
}

/** An account belongs to one Databricks. Where a host is stated, the host is judged instead. */
function* sharedAccounts(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, { router: PlacedRouterView; own: Console }>();
  const told = new Set<string>();
  for (const router of context.routers.filter(isPlaced)) {
    const id = accountOf(router, context);
    const own = consoleOfRouter(router);
    if (id === '' || own === undefined) continue;
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, { router, own });
      continue;
    }
    if (before.own === own || told.has(id)) continue;
    const { path, account } = writtenAccount(router, context);
    if (account?.host !== undefined && path.length === 1) continue;
    told.add(id);
    const at = path.length > 1 ? [...path, 'accountId'] : [...router.path, router.cloud];
    if (router.cloud !== before.router.cloud) {
      const reason = fault(
        'PLR1327',
        `The account ${id} is that of ${before.router.name} (${CLOUD_NAMES[before.router.cloud]}) too; an account of Databricks belongs to one cloud.`,
        'Give the router databricks: of its own, with the account of its cloud.',
      );
      yield warningAt(at, reason, { at: path.length > 1 ? 'value' : 'key' });
    } else {
      const reason = fault(
        'PLR1311',
        `The router ${before.router.name} belongs to another Databricks (${before.own}) than this one (${own}); an account belongs to one.`,
        'Give the router databricks: of its own, with the account of its Databricks.',
      );
      yield errorAt([...router.path, 'aws', 'region'], reason);
    }
  }
}

/** Ids of Azure and of Databricks look alike. */
function* subscriptions(context: CheckContext): Iterable<InventoryFinding> {
  const told = new Set<string>();
  for (const router of context.routers) {
    const { azure } = router.written;
    const { path } = writtenAccount(router, context);
    const id = accountOf(router, context);
    const same = (['subscriptionId', 'tenantId'] as const).find((key) => azure?.[key]?.toLowerCase() === id);
    if (id === '' || same === undefined || told.has(JSON.stringify(path))) continue;
    told.add(JSON.stringify(path));
    const reason = fault(
      'PLR1310',
      `${id} is the ${same} of the router ${router.name}, and not the id of a Databricks account.`,
      'Copy the id of the account from the top right of the account console.',
    );
    yield errorAt([...path, 'accountId'], reason);
  }
}
