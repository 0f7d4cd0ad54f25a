import { compareText, type Lock, type LockedRouter, type LockedTarget, type PlanChange } from '../model';

/** A target that keeps its port and is served no more. */
export interface DisabledTarget {
  readonly router: string;
  readonly target: string;
  readonly listenerPort: number;
}

/** Two locks and what is different between their targets. */
export interface Comparison {
  readonly before: Lock;
  readonly after: Lock;
  readonly changes: readonly PlanChange[];
  /** Targets that were enabled before and are not any more; the locks do not know. @default none, or nobody knows */
  readonly disabled?: readonly DisabledTarget[];
}

/** Writes a text of the user's so that it is only text where it comes to stand. */
export type Quote = (text: string) => string;

type Routers = Lock['routers'];

function routerOf(routers: Routers, name: string): LockedRouter | undefined {
  return Object.hasOwn(routers, name) ? routers[name] : undefined;
}

function targetOf(router: LockedRouter | undefined, name: string): LockedTarget | undefined {
  return router !== undefined && Object.hasOwn(router.targets, name) ? router.targets[name] : undefined;
}

/** What clients of one target have to know of its change; nothing where they notice nothing. */
function ofChange({ router, target, change, from, to }: PlanChange, { before, after }: Comparison, q: Quote): string[] {
  const name = q(`${router}/${target}`);
  const say = (text: string): string => `${name}: ${text}`;
  if (change === 'added') {
    return [];
  }
  if (change === 'removed') {
    return [say(`gone; whoever dials port ${from.listenerPort} for it is refused`)];
  }
  const old = targetOf(routerOf(before.routers, router), String(from.name ?? target));
  const now = targetOf(routerOf(after.routers, router), target);
  if (old === undefined || now === undefined) {
    return [];
  }
  const said: string[] = [];
  if ('name' in to) {
    said.push(say(`was called ${q(String(from.name))}; port ${now.listenerPort} stays`));
  }
  if (old.listenerPort !== now.listenerPort) {
    said.push(
      say(`listener port ${old.listenerPort} becomes ${now.listenerPort}; whoever dials the old one is refused`),
    );
  } else if (old.shard !== now.shard) {
    said.push(say(`goes from shard ${old.shard} to ${now.shard}; its connections are cut`));
  }
  if (old.host !== now.host || old.port !== now.port) {
    const [was, is] = [q(`${old.host}:${old.port}`), q(`${now.host}:${now.port}`)];
    said.push(say(`port ${now.listenerPort} leads to ${is}, no more to ${was}: is that the same database?`));
  }
  if (old.domain !== now.domain) {
    said.push(say(`clients dial ${q(now.domain)}, no more ${q(old.domain)}`));
  }
  if ('generation' in to) {
    said.push(say('its load balancer is replaced; open connections are cut'));
  }
  return said;
}

/** Ports that reached one target, now or once, and reach another one from now on. */
function reused(name: string, before: LockedRouter, after: LockedRouter, q: Quote): string[] {
  const origin = (target: string, locked: LockedTarget): string => locked.bornAs ?? target;
  const held = new Map(
    Object.entries(before.targets).map(([target, locked]) => [
      `${locked.shard}:${locked.listenerPort}`,
      { target, locked },
    ]),
  );
  const retired = new Map(before.retired.map((port) => [`${port.shard}:${port.listenerPort}`, port.target]));
  return Object.entries(after.targets)
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([target, locked]) => {
      const place = `${locked.shard}:${locked.listenerPort}`;
      const holder = held.get(place);
      const was =
        holder === undefined
          ? retired.get(place)
          : origin(holder.target, holder.locked) === origin(target, locked)
            ? undefined
            : holder.target;
      return was === undefined
        ? []
        : [
            `${q(`${name}/${target}`)}: has port ${locked.listenerPort}, which led to ${q(was)}; whoever still dials it for that reaches another database`,
          ];
    });
}

/**
 * What a reviewer must not overlook: ports that changed, targets that went or lead elsewhere, ports that somebody else
 * had. A sentence each, by router.
 * @param quote how names and hosts are to be written
 */
export function alarms(comparison: Comparison, quote: Quote): readonly string[] {
  const { before, after, changes } = comparison;
  const routers = [...new Set([...Object.keys(before.routers), ...Object.keys(after.routers)])].sort(compareText);
  return routers.flatMap((name) => {
    const [old, now] = [routerOf(before.routers, name), routerOf(after.routers, name)];
    return [
      ...changes.filter(({ router }) => router === name).flatMap((change) => ofChange(change, comparison, quote)),
      ...(comparison.disabled ?? [])
        .filter(({ router }) => router === name)
        .map(
          ({ target, listenerPort }) =>
            `${quote(`${name}/${target}`)}: disabled; whoever dials port ${listenerPort} for it is refused, and the port is kept`,
        ),
      ...(old === undefined || now === undefined ? [] : reused(name, old, now, quote)),
    ];
  });
}

/** What else is different: shards that come or go, ports that are retired or free again. A sentence each, by router. */
export function shardNotes({ before, after }: Comparison, quote: Quote): readonly string[] {
  const routers = [...new Set([...Object.keys(before.routers), ...Object.keys(after.routers)])].sort(compareText);
  return routers.flatMap((name) => {
    const [old, now] = [routerOf(before.routers, name), routerOf(after.routers, name)];
    const say = (text: string): string => `${quote(name)}: ${text}`;
    if (now === undefined) {
      return [say('the router is gone')];
    }
    return [
      ...(old === undefined ? [say('a new router')] : []),
      ...shardChanges(old?.shards ?? {}, now.shards).map(say),
      ...portChanges(old?.retired ?? [], now.retired, quote).map(say),
    ];
  });
}

function shardChanges(old: LockedRouter['shards'], now: LockedRouter['shards']): string[] {
  return Object.entries(now).flatMap(([key, { state }]) => {
    const was = Object.hasOwn(old, key) ? old[key] : undefined;
    if (was === undefined) {
      return [`shard ${key} is new: a load balancer, an endpoint service and a private endpoint more`];
    }
    if (was.state === state) {
      return [];
    }
    return [
      state === 'prepare'
        ? `deletion protection of shard ${key} goes off`
        : state === 'removed'
          ? `shard ${key} is taken away`
          : `shard ${key} is in use again`,
    ];
  });
}

function portChanges(old: LockedRouter['retired'], now: LockedRouter['retired'], quote: Quote): string[] {
  const key = (port: LockedRouter['retired'][number]): string => `${port.shard}:${port.listenerPort}`;
  const [before, after] = [new Set(old.map(key)), new Set(now.map(key))];
  const list = (ports: LockedRouter['retired']): string =>
    ports.map(({ listenerPort, target }) => `${listenerPort} (${quote(target)})`).join(', ');
  const added = now.filter((port) => !before.has(key(port)));
  const freed = old.filter((port) => !after.has(key(port)));
  return [
    ...(added.length === 0 ? [] : [`retired: port ${list(added)}`]),
    ...(freed.length === 0 ? [] : [`no longer retired: port ${list(freed)}`]),
  ];
}
