import { CHANGE_KINDS, type ChangeKind, defined, type PlanChange, type PlannedShard, servedBackends } from '../model';
import { MARKERS } from './changes';
import type { Style } from './style';
import type { Column, Row } from './table';
import { dialled, printable, reached } from './words';

/** What stands for a domain that is the target's own host. */
const AS_HOST = 'as host';

/** What changes of each target, by its name. */
export type Changes = ReadonlyMap<string, readonly PlanChange[]>;

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

/** Which columns there are beside those that every table has. */
export interface ShownColumns {
  /** Where forwarders listen for a target on another port than clients dial. */
  readonly forwarderPorts: boolean;
  /** Where targets share listeners. */
  readonly routes: boolean;
  /** Where a target has an owner. */
  readonly owners: boolean;
}

/** The columns of a shard's table: the last only where something changes or is disabled. */
export function columnsOf({ forwarderPorts, routes, owners }: ShownColumns, withNotes: boolean): Column[] {
  return [
    { title: '' },
    { title: 'port', align: 'right' },
    ...(forwarderPorts ? [{ title: 'forwarder port', align: 'right' as const }] : []),
    ...(routes ? [{ title: 'route' }] : []),
    { title: 'target', least: 24 },
    { title: 'reaches', least: 36 },
    { title: 'domain', usual: AS_HOST, least: 24 },
    ...(owners ? [{ title: 'owner', least: 16 }] : []),
    ...(withNotes ? [{ title: 'change', least: 28 }] : []),
  ];
}

/** What changes of a target in a few words; the lines below the tables have the values. */
function note(changes: readonly PlanChange[]): string {
  return changes.map(({ change, what }) => (what === 'target' ? change : what)).join(', ');
}

/** The rows of a shard's table, by port: what is served, what is disabled, and what is gone. */
export function shardRows(
  shard: PlannedShard,
  changes: Changes,
  removed: readonly PlanChange[],
  { forwarderPorts, routes, owners }: ShownColumns,
  style: Style,
): Row[] {
  const owned = (owner = ''): string[] => (owners ? [owner] : []);
  const forwarded = (port?: number): string[] => (forwarderPorts ? [String(port ?? '')] : []);
  const routed = (route = ''): string[] => (routes ? [route] : []);
  const served = servedBackends(shard).map(({ listener, backend }) => {
    const own = changes.get(backend.target) ?? [];
    const domains = dialled(backend);
    const cells = [
      marker(own),
      String(listener.port),
      ...forwarded(listener.forwarderPort),
      ...routed(listener.route),
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
    const sign = marker(changes.get(target) ?? []);
    const cells = [sign, String(listenerPort), ...forwarded(), ...routed(), target, '', '', ...owned(), words];
    return { port: listenerPort, row: row(cells, paintOf(leading(own), style) ?? style.colors.dim) };
  });
  const gone = removed.map((change) => {
    const { listenerPort, host, port } = change.from;
    const was = host === undefined ? '' : `${host}:${port}`;
    const cells = [
      MARKERS.removed,
      String(listenerPort ?? ''),
      ...forwarded(),
      ...routed(),
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
