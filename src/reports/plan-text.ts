import {
  backendsOf,
  CHANGE_KINDS,
  type ChangeKind,
  type Compared,
  count,
  defined,
  groupBy,
  nccLabel,
  type PlanChange,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
  servedBackends,
  shortList,
  type Teardown,
} from '../model';
import { changeLines } from './change-lines';
import { MARKERS, summaryLine } from './changes';
import { forwarderLines } from './forwarder-text';
import type { Style } from './style';
import { type Column, type Row, tablesLines } from './table';
import { foldText, printable, reached } from './words';

const INDENT = '  ';
const MOST_RETIRED = 20;

/** What a step of a router's teardown does, for the reader of the plan. */
const TEARDOWN: Readonly<Record<Teardown, string>> = {
  prepare: 'deletion protection goes off; everything stays as it is',
  destroy: 'everything goes with the next apply but the NCC and its bindings, which are only forgotten',
};

/** What stands for a domain that is the target's own host. */
const AS_HOST = 'as host';

/** What changes of each target, by its name. */
type Changes = ReadonlyMap<string, readonly PlanChange[]>;

/** The change that a row shows by its sign and colour: where there are several, the one that says most. */
function leading(changes: readonly PlanChange[]): ChangeKind | undefined {
  return CHANGE_KINDS.find((kind) => changes.some(({ change }) => change === kind));
}

function paintOf(kind: ChangeKind | undefined, style: Style): ((text: string) => string) | undefined {
  switch (kind) {
    case 'added':
      return style.colors.green;
    case 'removed':
    case 'destroyed':
      return style.colors.red;
    case 'moved':
      return style.colors.magenta;
    case 'changed':
    case 'replaced':
      return style.colors.yellow;
    default:
      return undefined;
  }
}

function marker(changes: readonly PlanChange[]): string {
  const kind = leading(changes);
  return kind === undefined ? '' : MARKERS[kind];
}

function row(cells: readonly string[], paint: ((text: string) => string) | undefined): Row {
  return { cells: cells.map(printable), ...defined({ paint }) };
}

/** The columns of a shard's table: the owner only where one is given, the last only where something changes or is disabled. */
function columnsOf(withOwners: boolean, withNotes: boolean): Column[] {
  return [
    { title: '' },
    { title: 'port', align: 'right' },
    { title: 'target', least: 24 },
    { title: 'reaches', least: 36 },
    { title: 'domain', usual: AS_HOST, least: 24 },
    ...(withOwners ? [{ title: 'owner', least: 16 }] : []),
    ...(withNotes ? [{ title: 'change', least: 28 }] : []),
  ];
}

/** What changes of a target in a few words; the lines below the tables have the values. */
function note(changes: readonly PlanChange[]): string {
  return changes.map(({ change, what }) => (what === 'target' ? change : what)).join(', ');
}

/** A line that stands in, on as many lines as the screen needs. */
function indented(text: string, style: Style, paint: (line: string) => string = String): string[] {
  return foldText(text, style.width - INDENT.length).map((line) => `${INDENT}${paint(line)}`);
}

function shardRows(
  shard: PlannedShard,
  changes: Changes,
  removed: readonly PlanChange[],
  withOwners: boolean,
  style: Style,
): Row[] {
  const owned = (owner = ''): string[] => (withOwners ? [owner] : []);
  const served = servedBackends(shard).map(({ listener, backend }) => {
    const own = changes.get(backend.target) ?? [];
    const domains = backend.domains.join(', ');
    const cells = [
      marker(own),
      String(listener.port),
      backend.target,
      reached(backend),
      domains === backend.hosts.map(({ name }) => name).join(', ') ? AS_HOST : domains,
      ...owned(backend.owner),
      note(own),
    ];
    return { port: listener.port, row: row(cells, paintOf(leading(own), style)) };
  });
  const reserved = shard.reserved.map(({ target, listenerPort }) => {
    const own = (changes.get(target) ?? []).filter(({ what }) => what !== 'enabled');
    const words = ['disabled', note(own)].filter((word) => word !== '').join(', ');
    const cells = [marker(changes.get(target) ?? []), String(listenerPort), target, '', '', ...owned(), words];
    return { port: listenerPort, row: row(cells, paintOf(leading(own), style) ?? style.colors.dim) };
  });
  const gone = removed.map((change) => {
    const { listenerPort, host, port } = change.from;
    const was = host === undefined ? '' : `${host}:${port}`;
    const cells = [
      MARKERS.removed,
      String(listenerPort ?? ''),
      change.target ?? '',
      was,
      '',
      ...owned(),
      change.change,
    ];
    return { port: Number(listenerPort ?? 0), row: row(cells, style.colors.red) };
  });
  return [...served, ...reserved, ...gone].sort((a, b) => a.port - b.port).map((each) => each.row);
}

/** The tables of a router's shards, their columns aligned with each other. */
function shardsLines(
  shards: readonly PlannedShard[],
  changes: Changes,
  removed: readonly PlanChange[],
  style: Style,
): string[] {
  const withOwners = shards.some((shard) => backendsOf(shard).some(({ owner }) => owner !== undefined));
  const tables = shards.map((shard) =>
    shardRows(
      shard,
      changes,
      removed.filter(({ from }) => from.shard === shard.key),
      withOwners,
      style,
    ),
  );
  const withNotes = tables.flat().some(({ cells }) => (cells.at(-1) ?? '') !== '');
  const rendered = tablesLines(columnsOf(withOwners, withNotes), tables, {
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
  const ports = router.retired.map(({ shard, listenerPort, target }) => `${listenerPort} (${target}, ${shard})`);
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
