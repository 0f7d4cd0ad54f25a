import {
  backendsOf,
  type Compared,
  count,
  groupBy,
  hasForwarderPorts,
  hasSharedListeners,
  nccLabel,
  type PlanChange,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
  shortList,
  type Teardown,
} from '../model';
import { changeLines } from './change-lines';
import { summaryLine } from './changes';
import { forwarderLines } from './forwarder-text';
import { type Changes, columnsOf, shardRows } from './listener-rows';
import type { Style } from './style';
import { tablesLines } from './table';
import { foldText, printable, retiredWords } from './words';

const INDENT = '  ';
const MOST_RETIRED = 20;

/** What a step of a router's teardown does, for the reader of the plan. */
const TEARDOWN: Readonly<Record<Teardown, string>> = {
  prepare: 'deletion protection goes off; everything stays as it is',
  destroy: 'everything goes with the next apply but the NCC and its bindings, which are only forgotten',
};

/** A line that stands in, on as many lines as the screen needs. */
function indented(text: string, style: Style, paint: (line: string) => string = String): string[] {
  return foldText(text, style.width - INDENT.length).map((line) => `${INDENT}${paint(line)}`);
}

/** The tables of a router's shards, their columns aligned with each other. */
function shardsLines(
  shards: readonly PlannedShard[],
  changes: Changes,
  removed: readonly PlanChange[],
  style: Style,
): string[] {
  const shown = {
    forwarderPorts: hasForwarderPorts(shards),
    routes: hasSharedListeners(shards),
    owners: shards.some((shard) => backendsOf(shard).some(({ owner }) => owner !== undefined)),
  };
  const tables = shards.map((shard) =>
    shardRows(
      shard,
      changes,
      removed.filter(({ from }) => from.shard === shard.key),
      shown,
      style,
    ),
  );
  const withNotes = tables.flat().some(({ cells }) => (cells.at(-1) ?? '') !== '');
  const rendered = tablesLines(columnsOf(shown, withNotes), tables, {
    ...style,
    width: style.width - 2 * INDENT.length,
  });
  return shards.flatMap((shard, index) => {
    const size = `${count(shard.listeners.length, 'listener')}, ${count(shard.domains.length, 'domain')}`;
    const pool = 'pool' in shard ? `, pool ${shard.pool}` : '';
    const key = `${shard.key}${pool}${shard.pin === undefined ? '' : `, pin ${shard.pin}`}`;
    const heading = `${INDENT}${style.colors.bold(shard.name)} (${key}): ${size}`;
    const rows = tables[index] ?? [];
    const empty = `empty; its rule keeps ${printable(shortList(shard.domains, 5))}`;
    const lines = rows.length === 0 ? foldText(empty, style.width - 2 * INDENT.length) : rendered[index];
    return ['', heading, ...(lines ?? []).map((line) => `${INDENT}${INDENT}${line}`.trimEnd())];
  });
}

function retiredLine(router: PlannedRouter, style: Style): string[] {
  if (router.retired.length === 0) {
    return [];
  }
  const ports = router.retired.map((one) => `${retiredWords(one)} (${one.target}, ${one.shard})`);
  return indented(`retired ports: ${printable(shortList(ports, MOST_RETIRED))}`, style, style.colors.dim);
}

function routerLines(router: PlannedRouter, changes: readonly PlanChange[], style: Style): string[] {
  const own = changes.filter((change) => change.router === router.name && change.about === 'target');
  const byTarget = groupBy(
    own.filter((one) => !gone(one)),
    ({ target }) => target ?? '',
  );
  const removed = own.filter(gone);
  const owner = router.ncc.router === undefined ? '' : ` of ${router.ncc.router}`;
  const ncc = `${nccLabel(router.ncc)}${owner}`;
  const teardown = router.teardown === undefined ? '' : ` · teardown: ${router.teardown}`;
  const title = `${router.cloud} ${regionOf(router)} · ncc ${ncc}${teardown}`;
  const forwarder = forwarderLines(router, { ...style, width: style.width - INDENT.length });
  const room = Math.max(style.width - router.deployment.length - 1, 1);
  const [first = '', ...rest] = foldText(printable(title), room);
  return [
    `${style.colors.bold(style.colors.underline(router.deployment))} ${first}`,
    ...rest.map((line) => `${INDENT}${line}`),
    ...(router.teardown === undefined ? [] : indented(TEARDOWN[router.teardown], style, style.colors.yellow)),
    ...forwarder.map((line) => `${INDENT}${line}`),
    ...shardsLines(router.shards, byTarget, removed, style),
    ...(router.retired.length === 0 ? [] : ['', ...retiredLine(router, style)]),
    '',
  ];
}

/** A target that no row of the plan shows any more. */
function gone({ change }: PlanChange): boolean {
  return change === 'removed' || change === 'destroyed';
}

/** What a reader has to know of a comparison that is not whole. */
const UNSEEN: Readonly<Record<Compared, string | undefined>> = {
  plans: undefined,
  locks: 'Compared by locks, which keep places, hosts and domains. `plan --against GIT-REF` compares everything.',
  nothing: 'Nothing is compared.',
};

/** A plan as a person reads it: each router with its shards and listeners, what changes, and one line that sums up. */
export function renderPlan(
  plan: RoutingPlan,
  changes: readonly PlanChange[],
  style: Style,
  compared: Compared = 'locks',
): string {
  const unseen = UNSEEN[compared];
  const lines = [
    ...plan.routers.flatMap((router) => routerLines(router, changes, style)),
    ...changeLines(changes, style),
    ...foldText(summaryLine(plan, changes), style.width).map(style.colors.bold),
    ...(unseen === undefined ? [] : foldText(unseen, style.width).map(style.colors.dim)),
  ];
  return `${lines.join('\n')}\n`;
}
