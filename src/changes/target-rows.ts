import type { ClientNotice } from '../model';
import { listChange, type Rows } from './row';
import type { Values } from './values';

/** A port that moves is refused where it was; on another shard under the same port only open sessions end, after the drain. */
function movedPort(from: Values): ClientNotice {
  return 'listenerPort' in from ? 'lose access' : 'interrupted';
}

/** Sessions to an address that leaves are cut after the drain; one more takes none. */
function lostAddress({ addresses: from }: Values, { addresses: to }: Values): ClientNotice {
  return listChange(from, to).gone.length > 0 ? 'interrupted' : 'nothing';
}

/**
 * A host more takes nothing away, and sessions to one that leaves are cut after the drain; where none stays, clients reach
 * something else.
 */
function otherHosts({ host: from }: Values, { host: to }: Values): ClientNotice {
  const [old, now] = [[from].flat(), [to].flat()];
  if (!now.some((one) => old.includes(one))) return 'reach another target';
  return listChange(old, now).gone.length > 0 ? 'interrupted' : 'nothing';
}

/** Sessions to a host that is kept back no longer are cut after the drain, where it has some. */
function lostBackup({ backup: from }: Values, { backup: to }: Values): ClientNotice {
  return listChange(from, to).gone.length > 0 ? 'interrupted' : 'nothing';
}

/** Sessions that have been silent for longer than a shorter time end. */
function shorter({ idleTimeout: from }: Values, { idleTimeout: to }: Values): ClientNotice {
  return Number(to) < Number(from) ? 'interrupted' : 'nothing';
}

/** A name more takes nothing away; whoever dials one that is gone reaches nobody. */
function lostName({ domain: from }: Values, { domain: to }: Values): ClientNotice {
  return listChange([from].flat(), [to].flat()).gone.length > 0 ? 'lose access' : 'nothing';
}

/** Whoever spoke TLS to a port of `sni` is not understood on one of `http`, and the other way round; else sessions begin anew. */
function otherWay({ route: from }: Values, { route: to }: Values): ClientNotice {
  return [from, to].includes('http') && [from, to].includes('sni') ? 'lose access' : 'interrupted';
}

/** Requests below the old path are answered by another target, or by nobody; one that takes all paths loses none. */
function lostPath(_from: Values, { path: to }: Values): ClientNotice {
  return to === undefined ? 'nothing' : 'lose access';
}

/** A database's group that is not opened for the router any more refuses it, unless it admits the router otherwise. */
function lostGroup({ securityGroupIds: from }: Values, { securityGroupIds: to }: Values): ClientNotice {
  return listChange(from, to).gone.length > 0 ? 'lose access' : 'nothing';
}

/** What a change of a target is. One that comes or goes, or is not served any more, is told by itself. */
export const TARGET_ROWS: Rows = {
  shard: { what: 'listener port', change: 'moved', clients: movedPort },
  listenerPort: { what: 'listener port', change: 'moved', clients: movedPort },
  // Clients dial what they dialled: with the rule that leads to another port, open sessions end once.
  forwarderPort: { what: 'forwarder port', clients: 'interrupted', follows: ['listener port'] },
  host: { what: 'host', clients: otherHosts, beside: ['host', 'port'] },
  port: { what: 'host', clients: 'reach another target', beside: ['host', 'port'] },
  backup: { what: 'backup', clients: lostBackup },
  // Which of them are addresses says nothing that the hosts themselves do not say.
  literal: { what: 'host', clients: 'nothing', follows: ['host', 'backup'] },
  domain: { what: 'domain', clients: lostName },
  route: { what: 'route', clients: otherWay },
  path: { what: 'path', clients: lostPath },
  // Attachments are keyed by address, however that was found.
  resolution: { what: 'dns', clients: 'nothing' },
  addresses: { what: 'addresses', clients: lostAddress, follows: ['host', 'dns'] },
  renamedFrom: { what: 'renamedFrom', clients: 'nothing', follows: ['name'] },
  targetGroupName: {
    what: 'target group',
    change: 'replaced',
    clients: 'interrupted',
    follows: ['host', 'listener port', 'load balancer', 'VPC'],
  },
  idleTimeout: { what: 'idle timeout', clients: shorter },
  // Sessions above a lower limit stay; new ones are refused until enough of them have ended.
  maxConnections: { what: 'most connections', clients: 'nothing' },
  // It counts from the next time that a target or an address goes.
  drain: { what: 'drain', clients: 'nothing' },
  healthCheck: { what: 'health check', clients: 'nothing' },
  owner: { what: 'owner', clients: 'nothing', judged: true },
  description: { what: 'description', clients: 'nothing', judged: true },
  tags: { what: 'tags', clients: 'nothing' },
  // Their owner opens them by hand: no rule of ours comes or goes.
  foreignSecurityGroups: { what: 'security groups of other accounts', clients: 'nothing' },
  securityGroupIds: { what: 'security groups', clients: lostGroup },
};
