import { limitValue, usedValue } from '../../limits';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { accountOf } from './accounts';
import type { Check, CheckContext, RouterView } from './context';

/** What routers of one inventory must not share, and what they use up together. */
export const checkAcross: Check = function* (context) {
  yield* nccs(context);
  yield* workspaces(context);
  yield* domains(context);
  yield* nccCount(context);
};

/** One NCC in Databricks: by id, or by account, region and name, whoever makes it. */
function nccOf(router: RouterView, context: CheckContext): string | undefined {
  const { region } = router;
  const { ncc } = router.written;
  if (ncc?.id !== undefined) return `id ${ncc.id.toLowerCase()}`;
  const owner = ncc?.router === undefined ? undefined : context.routers.find(({ name }) => name === ncc.router);
  const name = ncc?.name ?? ncc?.existing ?? owner?.written.ncc?.name;
  if (name === undefined || region === undefined) return undefined;
  return `name ${name} ${region} ${accountOf(router, context)}`;
}

function* nccs(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, RouterView>();
  for (const router of context.routers) {
    const key = nccOf(router, context);
    const { ncc } = router.written;
    if (key === undefined || ncc?.existing !== undefined || ncc?.router !== undefined) continue;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, router);
      continue;
    }
    const { region } = router;
    if (ncc?.name !== undefined) {
      const reason = fault(
        'PLR1317',
        `The router ${before.name} makes an NCC called ${ncc.name} in ${region} already (${context.where([...before.path, 'ncc', 'name'])}).`,
        `Choose another name, or share the NCC: write \`ncc: { router: ${before.name} }\`.`,
      );
      yield errorAt([...router.path, 'ncc', 'name'], reason);
    } else if (region !== undefined && before.region !== undefined && region !== before.region) {
      const reason = fault(
        'PLR1318',
        `The NCC is used by the router ${before.name} in ${before.region}; this router stands in ${region}.`,
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
    const ncc = nccOf(router, context) ?? router.name;
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

/** Routers that share an NCC. Two that would make the same one are told so once, and not domain by domain. */
function* domains(context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, Map<string, { router: RouterView; path: readonly (string | number)[] }>>();
  const made = new Set<string>();
  for (const router of context.routers) {
    const ncc = nccOf(router, context);
    if (ncc === undefined) continue;
    if (router.written.ncc?.name !== undefined) {
      if (made.has(ncc)) continue;
      made.add(ncc);
    }
    const known = first.get(ncc) ?? new Map<string, { router: RouterView; path: readonly (string | number)[] }>();
    first.set(ncc, known);
    for (const { host, path } of router.targets.flatMap(({ domains }) => domains)) {
      const before = known.get(host.name);
      if (before === undefined) known.set(host.name, { router, path });
      else if (before.router !== router) {
        const reason = fault(
          'PLR1223',
          `The domain ${host.name} is registered by the router ${before.router.name} of the same NCC (${context.where(before.path)}); a domain leads to one endpoint.`,
          'Give one of the two a domain: of its own.',
        );
        yield errorAt(path, reason);
      }
    }
  }
}

function* nccCount(context: CheckContext): Iterable<InventoryFinding> {
  const made = new Map<string, number>();
  const told = new Set<string>();
  for (const router of context.routers) {
    const { path, written, limits, region } = router;
    if (written.ncc?.name === undefined || region === undefined) continue;
    const place = `${region} ${accountOf(router, context)}`;
    if (told.has(place)) continue;
    const count = (made.get(place) ?? 0) + 1;
    made.set(place, count);
    const used = usedValue('databricks.nccsPerRegion', limits);
    const most = limitValue('databricks.nccsPerRegion', limits);
    if (used + count <= most) continue;
    told.add(place);
    const reason = fault(
      'PLR1413',
      `${region} would have ${used + count} NCCs${used > 0 ? ` (${used} used already)` : ''}; at most ${most} are allowed in one region and account.`,
      'Share an NCC (`ncc: { router: NAME }`), or have the limit raised and state it: `limits: { nccsPerRegion: N }`.',
    );
    yield errorAt([...path, 'ncc', 'name'], reason);
  }
}
