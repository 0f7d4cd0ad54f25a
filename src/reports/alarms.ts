import type { Cloud, PlanChange } from '../model';
import { describeChange, subjectOf } from './changes';

/** Writes a text of the user's so that it is only text where it comes to stand. */
export type Quote = (text: string) => string;

/** What a shard, a pool and a router are made of, by cloud. */
interface CloudWords {
  /** What a new shard brings. */
  readonly shard: string;
  /** What goes with a shard. */
  readonly shardGone: string;
  /** What a new pool brings, and what goes with it. */
  readonly pool: string;
  readonly poolGone: string;
  /** What stands without its protection. */
  readonly unprotected: string;
}

const WORDS: Readonly<Record<Cloud, CloudWords>> = {
  aws: {
    shard: 'new: a load balancer, an endpoint service and a private endpoint',
    shardGone: 'its load balancer, endpoint service and private endpoint are destroyed',
    pool: 'new: a pool of forwarders',
    poolGone: 'its forwarders are destroyed',
    unprotected: 'nothing keeps its load balancers from being deleted',
  },
  azure: {
    shard: 'new: a frontend, a Private Link Service and a private endpoint',
    shardGone: 'its frontend, Private Link Service and private endpoint are destroyed',
    pool: 'new: a load balancer and a scale set of forwarders',
    poolGone: 'its load balancer and its scale set of forwarders are destroyed',
    unprotected: 'nothing keeps its load balancers and Private Link Services from being destroyed',
  },
};

function names(value: unknown): readonly string[] {
  return [value].flat().map(String);
}

function gone(from: unknown, to: unknown): readonly string[] {
  return names(from).filter((name) => !names(to).includes(name));
}

/** What clients dialled on a port that targets share. */
function namesAndPath({ domain, path = '' }: PlanChange['from']): string {
  return names(domain)
    .map((name) => `${name}${path}`)
    .join(', ');
}

type Sentence = (change: PlanChange, quote: Quote, words: CloudWords) => string | undefined;

/** Sentences by what differs; where there is none, or it has nothing to say, the values are told. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  target: ({ change, clients, listenerPort, from, to }, quote) => {
    if (change === 'removed') {
      const dialled = from.route === undefined ? '' : `${quote(namesAndPath(from))} on `;
      return clients === 'nothing'
        ? `gone; it was not served, and ${dialled}port ${listenerPort} stays retired`
        : `gone; clients that dial ${dialled}port ${listenerPort} are refused`;
    }
    return to.enabled === false
      ? `new and disabled; it keeps port ${listenerPort} on ${to.shard}`
      : `new on port ${listenerPort} of ${to.shard}`;
  },
  name: ({ from, listenerPort }, quote) => `was called ${quote(String(from.name))}; port ${listenerPort} stays`,
  'listener port': ({ clients, from, to }) => {
    if ('listenerPort' in from) {
      const refused = clients === 'nothing' ? '' : '; clients that dial the old one are refused';
      return `listener port ${from.listenerPort} becomes ${to.listenerPort}${refused}`;
    }
    return `goes from shard ${from.shard} to ${to.shard}; open sessions end when its drain is over`;
  },
  'reused port': ({ from, to, listenerPort }, quote) => {
    const leads = `port ${listenerPort} led to ${quote(String(from.target))} and leads to ${quote(`${to.host}:${to.port}`)}`;
    return `${leads}: clients that still dial it for ${quote(String(from.target))} reach another database`;
  },
  host: ({ clients, listenerPort, from, to }, quote) => {
    if (clients === 'nothing') return undefined;
    const [was, is] = [quote(place(from)), quote(place(to))];
    return `port ${listenerPort} leads to ${is}, no longer to ${was}: is that the same database?`;
  },
  domain: ({ clients, from, to }, quote) =>
    clients === 'nothing'
      ? undefined
      : `clients dial ${quote(names(to.domain).join(', '))}, no longer ${quote(gone(from.domain, to.domain).join(', '))}`,
  enabled: ({ to, listenerPort }) =>
    to.enabled === true
      ? `enabled; port ${listenerPort} answers again`
      : `disabled; clients that dial port ${listenerPort} are refused, and the port is kept`,
  teardown: ({ about, change, to, listenerPort }) => {
    if (about === 'target') return `taken down with its router; clients that dial port ${listenerPort} are refused`;
    if (change === 'destroyed') {
      return 'teardown: everything is destroyed but the NCC and its bindings, which Terraform only forgets';
    }
    return to.teardown === 'prepare' ? 'teardown: deletion protection goes off; everything else stays' : undefined;
  },
  'deletion protection': ({ to }, _quote, { unprotected }) =>
    to.deletionProtection === false ? `deletion protection goes off: ${unprotected}` : undefined,
  shard: ({ change }, _quote, { shard, shardGone }) => (change === 'added' ? shard : shardGone),
  pool: ({ change }, _quote, { pool, poolGone }) => (change === 'added' ? pool : poolGone),
  'load balancer': () => 'its load balancer is replaced; open connections are cut',
  router: ({ change, clients }) => {
    if (change === 'added') return 'a new router';
    return clients === 'nothing'
      ? 'the router is gone; nothing of it was served'
      : 'the router is gone: nothing is emitted for it any more, and what destroys its state cuts all its clients off';
  },
  'network connectivity configuration': (change, quote) =>
    `${quote(describeChange(change))}: the new one and its rules come before the old one goes; running serverless compute takes about ten minutes to move over`,
  workspaces: (change, quote) =>
    `${quote(describeChange(change))}${lost(change) ? '; a workspace that leaves stays bound until it is bound elsewhere, since Terraform cannot unbind it' : ''}`,
  engine: (change, quote) => `${quote(describeChange(change))}: the new engine takes the ports over; open sessions end`,
  'security groups': (change, quote) =>
    `${quote(describeChange(change))}${change.clients === 'nothing' ? '' : '; a database whose group does not admit the router otherwise is cut off'}`,
  'idle timeout': (change, quote) =>
    `${quote(describeChange(change))}${change.clients === 'nothing' ? '' : ' seconds: sessions that are silent for longer end'}`,
  'order of keys': () => 'keys are written in another order; Terraform sees no difference',
  lock: () => 'only what the lock keeps for itself is different',
};

function lost({ from, to }: PlanChange): boolean {
  const now = Array.isArray(to.workspaceIds) ? to.workspaceIds : [];
  return Array.isArray(from.workspaceIds) && from.workspaceIds.some((id) => !now.includes(id));
}

/** `host:port`, of which a change may hold only what differs. */
function place({ host, port }: PlanChange['from']): string {
  return [host, port].filter((part) => part !== undefined).join(':');
}

/**
 * What a change is, in a sentence that begins with its subject and has the words of the router's cloud.
 * @param quote how names and hosts are to be written
 */
export function sentence(change: PlanChange, quote: Quote): string {
  const said = SENTENCES[change.what]?.(change, quote, WORDS[change.cloud]) ?? quote(describeChange(change));
  return `${quote(subjectOf(change))}: ${said}`;
}
