/** The codes of lock/. */
export const lockCodes = {
  PLR3001: {
    title: 'The lock holds a merge conflict',
    explanation:
      'Two branches changed the same lines of the lock and git could not decide. Settle the conflicts of the inventory first. Then run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied, such as `main`: what that has stays as it is, what the other side gave out beside it is taken over, and where both gave out one port or shard the target of the other side gets a free one and is named. See [Two branches, one lock](two-branches.md).',
  },
  PLR3002: {
    title: 'The lock is not JSON',
    explanation: 'The lock was cut off or edited by hand, so that it cannot be read.',
  },
  PLR3003: {
    title: 'The lock was written by a newer version',
    explanation:
      'The lock has a format that this version does not know. Install the version of privatelink-router that wrote it; an older one could lose what the newer one knows.',
  },
  PLR3004: {
    title: 'A value of the lock has the wrong form',
    explanation:
      'The lock is written by `privatelink-router lock` alone. A value was edited by hand or merged badly: take the file back from version control, then run `privatelink-router lock`.',
  },
  PLR3005: {
    title: 'A key stands twice in the lock',
    explanation:
      'Of two entries with one key only one would count, and the other would be lost in silence. Two branches probably added a target of the same name: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3006: {
    title: 'Two targets of the lock have one port',
    explanation:
      'A listener port belongs to one target of a shard, a port that base-port gave to one target of the router, and on Azure a port of the forwarders (`forwarderPort`, else the listener port) to one of the pool. Two branches probably added a target each, and git merged both. Run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied: its target keeps the port, and the other one gets a free port. See [Two branches, one lock](two-branches.md).',
  },
  PLR3007: {
    title: 'A target of the lock is on a shard that takes none',
    explanation:
      'Every target stands on a shard that the lock lists as in use. Two branches probably took the shard away and filled it: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3008: {
    title: 'A retired port of the lock is in use, or stands twice',
    explanation:
      'A retired port is kept from every target until `lock release`, on Azure with the port that the forwarders listened on for it. A port that is retired and in use at once, or retired twice, comes from a merge or an edit by hand: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3009: {
    title: 'A domain of the lock is on two shards',
    explanation:
      'All targets of one domain live on one shard, since two rules with the same domain contradict each other. Two branches probably gave the domain a shard each: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3010: {
    title: 'Two targets of the lock come from the same one',
    explanation:
      'Names of cloud resources derive from the name under which a target was first made, so two targets cannot share it. Two branches probably renamed one target to two names: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied. Its name stays, and the other one is a new target.',
  },
  PLR3011: {
    title: 'A shard of the lock has no domain',
    explanation:
      'The rule of a shard needs at least one domain, an emptied one keeps its last. Run `privatelink-router lock --base REF`, where REF is a branch or commit whose lock is sound.',
  },
  PLR3012: {
    title: 'The lock cannot be read',
    explanation: 'The operating system refused to read the lock.',
  },
  PLR3013: {
    title: 'The lock cannot be written',
    explanation: 'The operating system refused to write the lock; the old one is untouched.',
  },
  PLR3014: {
    title: 'A shard of the lock is on a pool that the lock does not list',
    explanation:
      'A shard of Azure stands on one pool for good, and every pool that there ever was is listed, so that its number is never used again. Run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3015: {
    title: 'A name that was taken over stands twice in the lock',
    explanation:
      'A load balancer, security group or target group that existed before keeps its name, and each of them belongs to one shard or target. Two branches probably gave one target two names: run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied.',
  },
  PLR3016: {
    title: 'A side of a merged lock cannot be read',
    explanation:
      '`lock --base REF` reads the lock of each side of a merge, and this one is none: a marker of a conflict is missing, or lines were lost.',
  },
} as const;
