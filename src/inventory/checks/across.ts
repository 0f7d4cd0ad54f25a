import { limitValue, usedValue } from '../../limits';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { partitionOf } from '../tables/regions';
import { consoleOf, defaultAccountHost } from '../values/account-host';
import { OWN_TAG_COUNT } from '../values/tags';
import type { Check, CheckContext, RouterView } from './context';

/** What routers of one inventory must not share, and what they use up together. */
export const checkAcross: Check = function* (context) {
  yield* nccs(context);
  yield* workspaces(context);
  yield* domains(context);
  yield* nccCount(context);
  yield* accountHost(context);
  yield* tagCount(context);
};

/** One NCC in Databricks: a new one is known by name and region, an existing one by id. */
function nccOf({ written }: RouterView): string | undefined {
  const { ncc, aws } = written;
  if (ncc?.id !== undefined) return `id ${ncc.id.toLowerCase()}`;
  return ncc?.name === undefined || aws?.region === undefined ? undefined : `name ${ncc.name} ${aws.region}`;
}

function* nccs(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, RouterView>();
  for (const router of context.routers) {
    const key = nccOf(router);
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, router);
      continue;
    }
    const { aws, ncc } = router.written;
    if (ncc?.name !== undefined) {
      const reason = fault(
        'PLR1317',
        `The router ${before.name} makes an NCC called ${ncc.name} in ${aws?.region} already (${context.where([...before.path, 'ncc', 'name'])}).`,
        'Choose another name, or share the NCC: let one router make it and give its id to the other.',
      );
      yield errorAt([...router.path, 'ncc', 'name'], reason);
    } else if (
      aws?.region !== undefined &&
      before.written.aws?.region !== undefined &&
      aws.region !== before.written.aws.region
    ) {
      const reason = fault(
        'PLR1318',
        `The NCC is used by the router ${before.name} in ${before.written.aws.region}; this router stands in ${aws.region}.`,
        'Give the router an NCC of its own region.',
      );
      yield errorAt([...router.path, 'ncc', 'id'], reason);
    }
  }
}

function* workspaces(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, { router: RouterView; index: number }>();
  const perNcc = new Map<string, number>();
  const most = limitValue('databricks.workspacesPerNcc', {});
  for (const router of context.routers) {
    const path = [...router.path, 'ncc', 'workspaceIds'];
    const ids = router.written.ncc?.workspaceIds ?? [];
    for (const [index, id] of ids.entries()) {
      const before = first.get(id);
      if (before === undefined) first.set(id, { router, index });
      else if (before.router !== router) {
        const reason = fault(
          'PLR1315',
          `The workspace ${id} is bound by the router ${before.router.name} (${context.where([...before.router.path, 'ncc', 'workspaceIds', before.index])}); a workspace has one NCC, and a second binding replaces the first in silence.`,
          'Remove one of the two.',
        );
        yield errorAt([...path, index], reason);
      }
    }
    const ncc = nccOf(router) ?? router.name;
    const count = (perNcc.get(ncc) ?? 0) + new Set(ids).size;
    const exceeded = count > most && (perNcc.get(ncc) ?? 0) <= most;
    perNcc.set(ncc, count);
    if (exceeded) {
      const reason = fault(
        'PLR1316',
        `${count} workspaces are bound to the NCC; at most ${most} are allowed.`,
        'Make a second router with an NCC of its own.',
      );
      yield errorAt(path, reason);
    }
  }
}

/** Routers that share an NCC by id. Two that would make the same one are told so once, and not domain by domain. */
function* domains(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, Map<string, { router: RouterView; path: readonly (string | number)[] }>>();
  for (const router of context.routers) {
    const ncc = nccOf(router);
    if (ncc === undefined || ncc.startsWith('name ')) continue;
    const known = first.get(ncc) ?? new Map<string, { router: RouterView; path: readonly (string | number)[] }>();
    first.set(ncc, known);
    for (const { domain, domainPath } of router.targets) {
      if (domain === undefined) continue;
      const before = known.get(domain.name);
      if (before === undefined) known.set(domain.name, { router, path: domainPath });
      else if (before.router !== router) {
        const reason = fault(
          'PLR1223',
          `The domain ${domain.name} is registered by the router ${before.router.name} of the same NCC (${context.where(before.path)}); a domain leads to one endpoint.`,
          'Give one of the two a domain: of its own.',
        );
        yield errorAt(domainPath, reason);
      }
    }
  }
}

function* nccCount(context: CheckContext): Iterable<InventoryFinding> {
  const made = new Map<string, number>();
  const told = new Set<string>();
  for (const { path, written, limits } of context.routers) {
    const region = written.aws?.region;
    if (written.ncc?.name === undefined || region === undefined || told.has(region)) continue;
    const count = (made.get(region) ?? 0) + 1;
    made.set(region, count);
    const used = usedValue('databricks.nccsPerRegion', limits);
    const most = limitValue('databricks.nccsPerRegion', limits);
    if (used + count <= most) continue;
    told.add(region);
    const reason = fault(
      'PLR1413',
      `${region} would have ${used + count} NCCs${used > 0 ? ` (${used} used already)` : ''}; at most ${most} are allowed in one region and account.`,
      'Share an NCC by its id, or have the limit raised and state it: `limits: { nccsPerRegion: N }`.',
    );
    yield errorAt([...path, 'ncc', 'name'], reason);
  }
}

/** All routers of an inventory belong to one Databricks account, and so to one account console. */
function* accountHost(context: CheckContext): Iterable<InventoryFinding> {
  const host = context.written.databricks?.host;
  const stated = host === undefined ? undefined : consoleOf(host);
  if (host !== undefined && stated === undefined) {
    const reason = fault(
      'PLR1311',
      `${host} is not an account console of Databricks that is known here.`,
      `Write ${defaultAccountHost(undefined)}, unless a stand-in is meant.`,
    );
    yield warningAt(['databricks', 'host'], reason);
  }
  let first: { name: string; own: string } | undefined;
  for (const router of context.routers) {
    const { aws } = router.written;
    if (aws?.region === undefined) continue;
    const own = partitionOf(aws.region) === 'aws-us-gov' ? aws.govcloud : 'commercial';
    if (own === undefined) continue;
    if (host !== undefined && stated !== undefined && stated !== own) {
      const reason = fault(
        'PLR1311',
        `${host} is not the account console of ${aws.region} (${router.name}), which is ${defaultAccountHost(own)}.`,
        `Write ${defaultAccountHost(own)}, or leave the key away.`,
      );
      yield errorAt(['databricks', 'host'], reason);
      return;
    }
    if (first !== undefined && first.own !== own) {
      const reason = fault(
        'PLR1311',
        `The router ${first.name} belongs to another Databricks (${first.own}) than this one (${own}); an inventory has one account.`,
        'Keep the routers of each Databricks in an inventory of their own.',
      );
      yield errorAt([...router.path, 'aws', 'region'], reason);
    }
    first ??= { name: router.name, own };
  }
}

function* tagCount(context: CheckContext): Iterable<InventoryFinding> {
  const most = limitValue('aws.tagsPerResource', {}) - OWN_TAG_COUNT;
  for (const { path, tags } of context.routers) {
    const count = Object.keys(tags).length;
    if (count <= most) continue;
    const key = context.has([...path, 'tags']) ? [...path, 'tags'] : ['tags'];
    const reason = fault(
      'PLR1404',
      `There are ${count} tags; with the ${OWN_TAG_COUNT} of the router itself at most ${most} are allowed.`,
      'Remove some.',
    );
    yield errorAt(key, reason);
    if (key.length === 1) return;
  }
}
