import { type Capability, lackedBy } from '../forwarder';
import {
  backupNames,
  byCloud,
  type CloudTable,
  type Compared,
  compareText,
  type Diagnostic,
  defined,
  type Engine,
  hostNames,
  nccLabel,
  type PlanChange,
  type PlannedAzureRouter,
  type PlannedAzureShard,
  type PlannedBackend,
  type PlannedListener,
  type PlannedRouter,
  type PlannedShard,
  type RoutingPlan,
  regionOf,
} from '../model';

/** The document of `plan --format json`: a public contract, to which a version may only add. */
export interface PublicPlan {
  readonly version: 2;
  /** By the router's name. */
  readonly routers: Readonly<Record<string, PublicRouter>>;
  /** What was compared: `plans` whole, `locks` alone, or `nothing`, where changes would not be seen. */
  readonly compared: Compared;
  /** The worst for clients first. */
  readonly changes: readonly PlanChange[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A router in the public document. */
interface PublicRouter {
  readonly cloud: string;
  readonly region: string;
  /** The name of the network connectivity configuration, or its id where the inventory gives that. */
  readonly ncc: string;
  /** The router that makes the NCC, where it is another one of the inventory. */
  readonly nccRouter?: string;
  /** Azure only: what forwards, and what it cannot do, by the capability's name; the pools with accelerated networking. */
  readonly forwarder?: {
    readonly engine: Engine;
    readonly lacks: readonly Capability[];
    readonly acceleratedPools: readonly string[];
  };
  readonly shards: readonly PublicShard[];
  readonly retired: readonly {
    readonly target: string;
    readonly listenerPort: number;
    /** On a port that targets share: the name that is retired there. */
    readonly name?: string;
    /** The path below the name, where it had one. */
    readonly path?: string;
  }[];
}

/** A shard in the public document. */
interface PublicShard {
  readonly name: string;
  /** `s1`, as Terraform addresses and changes name it. */
  readonly key: string;
  /** Azure only: the pool that it is on, `p1`. */
  readonly pool?: string;
  /** The name that only targets with the same one share the shard by; null: any target may. */
  readonly pin: string | null;
  readonly domains: readonly string[];
  readonly listeners: readonly PublicListener[];
}

/** What clients dial. */
interface PublicListener {
  readonly port: number;
  /** Azure only: what the forwarders listen on, where that is another port. */
  readonly forwarderPort?: number;
  readonly route: string;
  readonly backends: readonly {
    readonly target: string;
    readonly hosts: readonly string[];
    /** Hosts that are kept back until none of the others answers, where there are some. */
    readonly backup?: readonly string[];
    readonly port: number;
    readonly domains: readonly string[];
    /** What the path of a request begins with; null: any path that no other backend of the name has, or the route looks at none. */
    readonly path: string | null;
    /** Whom to ask about the target, where the inventory says so. */
    readonly owner?: string;
    /** What the target is, where the inventory says so. */
    readonly description?: string;
  }[];
}

/** The public document of a plan: its routers by name, changes and diagnostics as they come. */
export function toPublicPlan(
  plan: RoutingPlan,
  { changes, compared, diagnostics }: Pick<PublicPlan, 'changes' | 'compared' | 'diagnostics'>,
): PublicPlan {
  const routers = [...plan.routers].sort((a, b) => compareText(a.name, b.name));
  return {
    version: 2,
    routers: Object.fromEntries(routers.map((router) => [router.name, publicRouter(router)])),
    compared,
    changes,
    diagnostics,
  };
}

const SHARDS: CloudTable<PlannedRouter, [], readonly PublicShard[]> = {
  aws: ({ shards }) => shards.map(publicShard),
  azure: ({ shards }) => shards.map(pooledShard),
};

/** What forwards, where anything of ours does. */
const FORWARDERS: CloudTable<PlannedRouter, [], PublicRouter['forwarder']> = {
  aws: () => undefined,
  azure: publicForwarder,
};

function publicRouter(router: PlannedRouter): PublicRouter {
  const { cloud, ncc, retired } = router;
  return {
    cloud,
    region: regionOf(router),
    ncc: nccLabel(ncc),
    ...defined({ nccRouter: ncc.router }),
    ...defined({ forwarder: byCloud(FORWARDERS, router) }),
    shards: byCloud(SHARDS, router),
    retired: retired.map(({ target, listenerPort, name, path }) => ({
      target,
      listenerPort,
      ...defined({ name, path }),
    })),
  };
}

function publicForwarder({ azure, pools }: PlannedAzureRouter): Required<PublicRouter>['forwarder'] {
  const { engine } = azure.forwarder;
  return {
    engine,
    lacks: lackedBy(engine),
    acceleratedPools: pools.filter(({ acceleratedNetworking }) => acceleratedNetworking).map(({ key }) => key),
  };
}

function pooledShard(shard: PlannedAzureShard): PublicShard {
  const { name, key, ...rest } = publicShard(shard);
  return { name, key, pool: shard.pool, ...rest };
}

function publicShard({ name, key, pin, domains, listeners }: PlannedShard): PublicShard {
  return { name, key, pin: pin ?? null, domains, listeners: listeners.map(publicListener) };
}

function publicListener({ port, forwarderPort, route, backends }: PlannedListener): PublicListener {
  return { port, ...defined({ forwarderPort }), route, backends: backends.map(publicBackend) };
}

function publicBackend(backend: PlannedBackend): PublicListener['backends'][number] {
  const { target, hosts, port, domains, owner, description } = backend;
  const backup = backupNames(hosts);
  return {
    target,
    hosts: hostNames(hosts),
    ...(backup.length === 0 ? {} : { backup }),
    port,
    domains,
    path: backend.path ?? null,
    ...defined({ owner, description }),
  };
}
