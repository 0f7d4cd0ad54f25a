import { backendsOf, defined, hostsInOne, type PlannedRouter, type PlannedShard } from '../model';
import { flowsOf } from './flows';

/** What a client of one target needs to know. */
export interface TargetConnection {
  readonly target: string;
  /** A name that clients in Databricks dial. */
  readonly domain: string;
  /** The port that clients dial. */
  readonly listenerPort: number;
  /** The shard's name for people. */
  readonly shard: string;
  /** Where the router leads it: a host, or several with commas between them. */
  readonly host: string;
  readonly port: number;
  /** Whom to ask about it, where the inventory says so. */
  readonly owner?: string;
  readonly description?: string;
}

/**
 * Who dials what, for every target that is enabled, in the plan's order: the two ends of its flow, by each of its names. Of
 * several hosts, all in one text.
 */
export function connectionsOf(router: PlannedRouter): readonly TargetConnection[] {
  const shards: readonly PlannedShard[] = router.shards;
  const names = new Map(shards.map(({ key, name }) => [key, name]));
  const facts = new Map(
    shards.flatMap((shard) =>
      backendsOf(shard).map(({ target, hosts, owner, description }) => [
        target,
        { host: hostsInOne(hosts), ...defined({ owner, description }) },
      ]),
    ),
  );
  const found = new Map<string, readonly TargetConnection[]>();
  for (const { purpose, hops } of flowsOf(router)) {
    const last = hops.at(-1);
    if (purpose.kind !== 'connection' || last?.to.kind !== 'target' || found.has(purpose.target)) continue;
    const { target, domains, shard } = purpose;
    const listenerPort = hops[0].port;
    const leads = { host: last.to.host, port: last.port, ...facts.get(target) };
    const name = names.get(shard) ?? shard;
    found.set(
      target,
      domains.map((domain) => ({ target, domain, listenerPort, shard: name, ...leads })),
    );
  }
  return [...found.values()].flat();
}
