import { type PlanChange, type PlannedShard, servedBackends } from '../model';
import { describeChange } from './changes';
import { quote } from './markdown';
import { dialled, reached } from './words';

interface Listed {
  readonly port: number;
  readonly cells: readonly string[];
}

/** What a target may say of itself; a column where one of the router does. */
export const LABELS = ['owner', 'description'] as const;
type Label = (typeof LABELS)[number];

/** Which columns there are beside those that every table has. */
interface Columns {
  readonly labels: readonly Label[];
  /** Where forwarders listen for a target on another port than clients dial. */
  readonly forwarderPorts: boolean;
  /** Where targets share listeners. */
  readonly routes: boolean;
}

/** The cells of a shard's listeners and of its disabled targets, by port. */
export function listenerCells(
  shard: PlannedShard,
  changes: readonly PlanChange[],
  { labels, forwarderPorts, routes }: Columns,
): readonly Listed[] {
  const forwarded = (port?: number): string[] => (forwarderPorts ? [String(port ?? '')] : []);
  const routed = (route = ''): string[] => (routes ? [route] : []);
  const note = (target: string): string =>
    quote(
      changes
        .filter((one) => one.target === target)
        .map(describeChange)
        .join(', '),
    );
  return [
    ...servedBackends(shard).map(({ listener: { port, forwarderPort, route }, backend }) => ({
      port,
      cells: [
        String(port),
        ...forwarded(forwarderPort),
        ...routed(route),
        quote(backend.target),
        quote(reached(backend)),
        quote(dialled(backend)),
        ...labels.map((label) => quote(backend[label] ?? '')),
        note(backend.target),
      ],
    })),
    ...shard.reserved.map(({ target, listenerPort }) => ({
      port: listenerPort,
      cells: [
        String(listenerPort),
        ...forwarded(),
        ...routed(),
        quote(target),
        'disabled: refused',
        '',
        ...labels.map(() => ''),
        note(target),
      ],
    })),
  ].sort((a, b) => a.port - b.port);
}
