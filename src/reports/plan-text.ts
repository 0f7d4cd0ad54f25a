import {
  type PlanChange,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
  type Teardown,
} from '../model';
import { alarms, type Comparison } from './alarms';
import { changeLine, describeChange, MARKERS, summaryLine } from './changes';
import { forwarderLines } from './forwarder-text';
import type { Style } from './style';
import { type Column, type Row, tablesLines } from './table';
import { count, printable, shortList } from './words';

const INDENT = '  ';
const MOST_RETIRED = 20;

/** What a step of a router's teardown does, for who reads the plan. */
const TEARDOWN: Readonly<Record<Teardown, string>> = {
  prepare: 'deletion protection goes off; everything stays as it is',
  destroy: 'everything goes with the next apply but the NCC and its bindings, which are only forgotten',
};

/** What stands for a domain that is the target's own host. */
const AS_HOST = 'as host';

type Changes = ReadonlyMap<string, PlanChange>;

function paintOf(change: PlanChange | undefined, style: Style): ((text: string) => string) | undefined {
  switch (change?.change) {
    case 'added':
      return style.colors.green;
    case 'removed':
      return style.colors.red;
    case 'moved':
      return style.colors.magenta;
    case 'changed':
      return style.colors.yellow;
    default:
      return undefined;
  }
}

function row(cells: readonly string[], paint: ((text: string) => string) | undefined): Row {
  return { cells: cells.map(printable), ...(paint === undefined ? {} : { paint }) };
}

/** The columns of a shard's table; the last is there only where something changes or is disabled. */
function columnsOf(withNotes: boolean): Column[] {
  return [
    { title: '' },
    { title: 'port', align: 'right' },
    { title: 'target', least: 24 },
    { title: 'reaches', least: 36 },
    { title: 'domain', usual: AS_HOST, least: 24 },
    ...(withNotes ? [{ title: 'change', least: 28 }] : []),
  ];
}

function note(change: PlanChange | undefined): string {
  return change === undefined ? '' : describeChange(change);
}

function shardRows(shard: PlannedShard, changes: Changes, removed: readonly PlanChange[], style: Style): Row[] {
  const listeners = shard.listeners.map((listener) => {
    const change = changes.get(listener.target);
    const cells = [
      change === undefined ? '' : MARKERS[change.change],
      String(listener.listenerPort),
      listener.target,
      `${listener.host}:${listener.port}`,
      listener.domain === listener.host ? AS_HOST : listener.domain,
      note(change),
    ];
    return { port: listener.listenerPort, row: row(cells, paintOf(change, style)) };
  });
  const reserved = shard.reserved.map(({ target, listenerPort }) => {
    const change = changes.get(target);
    const words = ['disabled', note(change)].filter((word) => word !== '').join(', ');
    const cells = [change === undefined ? '' : MARKERS[change.change], String(listenerPort), target, '', '', words];
    return { port: listenerPort, row: row(cells, paintOf(change, style) ?? style.colors.dim) };
  });
  const gone = removed.map((change) => {
    const { listenerPort, host, port } = change.from;
    const reached = host === undefined ? '' : `${host}:${port}`;
    const cells = [MARKERS.removed, String(listenerPort ?? ''), change.target, reached, '', 'removed'];
    return { port: Number(listenerPort ?? 0), row: row(cells, style.colors.red) };
  });
  return [...listeners, ...reserved, ...gone].sort((a, b) => a.port - b.port).map((each) => each.row);
}

/** The tables of a router's shards, their columns aligned with each other. */
function shardsLines(
  shards: readonly PlannedShard[],
  changes: Changes,
  removed: readonly PlanChange[],
  style: Style,
): string[] {
  const tables = shards.map((shard) =>
    shardRows(
      shard,
      changes,
      removed.filter(({ from }) => from.shard === shard.key),
      style,
    ),
  );
  const withNotes = tables.flat().some(({ cells }) => (cells[5] ?? '') !== '');
  const rendered = tablesLines(columnsOf(withNotes), tables, { ...style, width: style.width - 2 * INDENT.length });
  return shards.flatMap((shard, index) => {
    const size = `${count(shard.listeners.length, 'listener')}, ${count(shard.domains.length, 'domain')}`;
    const key = 'pool' in shard ? `${shard.key}, pool ${shard.pool}` : shard.key;
    const heading = `${INDENT}${style.colors.bold(shard.name)} (${key}): ${size}`;
    const rows = tables[index] ?? [];
    const lines =
      rows.length === 0 ? [`empty; its rule keeps ${printable(shortList(shard.domains, 5))}`] : rendered[index];
    return ['', heading, ...(lines ?? []).map((line) => `${INDENT}${INDENT}${line}`.trimEnd())];
  });
}

function retiredLine(router: PlannedRouter, style: Style): string[] {
  if (router.retired.length === 0) {
    return [];
  }
  const ports = router.retired.map(({ shard, listenerPort, target }) => `${listenerPort} (${target}, ${shard})`);
  return [style.colors.dim(`${INDENT}retired ports: ${printable(shortList(ports, MOST_RETIRED))}`)];
}

function routerLines(router: PlannedRouter, changes: readonly PlanChange[], style: Style): string[] {
  const own = changes.filter((change) => change.router === router.name);
  const byTarget: Changes = new Map(
    own.filter(({ change }) => change !== 'removed').map((change) => [change.target, change]),
  );
  const removed = own.filter(({ change }) => change === 'removed');
  const keys = new Set(router.shards.map(({ key }) => key));
  const homeless = removed.filter(({ from }) => !keys.has(String(from.shard)));
  const ncc = router.ncc.name ?? router.ncc.id ?? '';
  const teardown = router.teardown === undefined ? '' : ` · teardown: ${router.teardown}`;
  const title = `${router.cloud} ${regionOf(router)} · ncc ${ncc}${teardown}`;
  const forwarder = router.cloud === 'azure' && router.shards.length > 0 ? forwarderLines(router, style) : [];
  return [
    `${style.colors.bold(style.colors.underline(router.deployment))} ${printable(title)}`,
    ...(router.teardown === undefined ? [] : [`${INDENT}${style.colors.yellow(TEARDOWN[router.teardown])}`]),
    ...forwarder.map((line) => `${INDENT}${line}`),
    ...shardsLines(router.shards, byTarget, removed, style),
    ...(homeless.length === 0 ? [] : ['']),
    ...homeless.map((change) => style.colors.red(printable(`${INDENT}${changeLine(change)}`))),
    ...(router.retired.length === 0 ? [] : ['', ...retiredLine(router, style)]),
    '',
  ];
}

/**
 * A plan as a person reads it: each router with its shards and listeners, what changes, and one line that sums up.
 * @param comparison with it, what clients notice stands above that line, each on a line of its own that begins with `!`
 */
export function renderPlan(
  plan: RoutingPlan,
  changes: readonly PlanChange[],
  style: Style,
  comparison?: Comparison,
): string {
  const loud = comparison === undefined ? [] : alarms(comparison, printable);
  const known = new Set(plan.routers.map(({ name }) => name));
  const left = changes.filter(({ router }) => !known.has(router));
  const lines = [
    ...plan.routers.flatMap((router) => routerLines(router, changes, style)),
    ...left.map((change) => style.colors.red(printable(changeLine(change)))),
    ...(left.length === 0 ? [] : ['']),
    ...loud.map((line) => style.colors.red(`! ${line}`)),
    ...(loud.length === 0 ? [] : ['']),
    style.colors.bold(summaryLine(plan, changes)),
  ];
  return `${lines.join('\n')}\n`;
}
