/** The codes of lock/. */
export const lockCodes = {
  PLR3001: {
    title: 'The lock holds a merge conflict',
    explanation:
      'Two branches changed the same lines of the lock and git could not decide. Keep the side that has been applied (usually the branch you merge into), delete the markers and the other side, then run `privatelink-router lock`: it adds again whatever the other side had added, on free ports.',
  },
  PLR3002: {
    title: 'The lock is not JSON',
    explanation:
      'The lock was cut off or edited by hand, so that it cannot be read. Take it back from version control, then run `privatelink-router lock`.',
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
      'Of two entries with one key only one would count, and the other would be lost in silence. Two branches probably added a target of the same name: keep the entry that has been applied and delete the other.',
  },
  PLR3006: {
    title: 'Two targets of the lock have one listener port',
    explanation:
      'A listener port belongs to one target of a shard (on Azure, of the shards of a pool), and a port that base-port gave to one target of the router. Two branches probably added a target each, and git merged both. Keep the line of the target that has been applied, delete the other line and run `privatelink-router lock`: that target gets another port.',
  },
  PLR3007: {
    title: 'A target of the lock is on a shard that takes none',
    explanation:
      'Every target stands on a shard that the lock lists as in use. Take the file back from version control, or delete the line of the target if it was never applied, then run `privatelink-router lock`.',
  },
  PLR3008: {
    title: 'A retired port of the lock is in use, or stands twice',
    explanation:
      'A retired port is kept from every target until `privatelink-router lock release`. A port that is retired and in use at once comes from an edit by hand or a bad merge: delete the line that does not say what has been applied.',
  },
  PLR3009: {
    title: 'A domain of the lock is on two shards',
    explanation:
      'All targets of one domain live on one shard, since two rules with the same domain contradict each other. Keep the entry that has been applied, delete the other and run `privatelink-router lock`.',
  },
  PLR3010: {
    title: 'Two targets of the lock come from the same one',
    explanation:
      'Names of cloud resources derive from the name under which a target was first made, so two targets cannot share it. Two branches probably renamed one target to two names: keep the entry that has been applied and delete the other.',
  },
  PLR3011: {
    title: 'A shard of the lock has no domain',
    explanation:
      'The rule of a shard needs at least one domain, an emptied one keeps its last. Take the file back from version control, then run `privatelink-router lock`.',
  },
  PLR3012: {
    title: 'The lock cannot be read',
    explanation: 'The operating system refused to read the lock. Look at the permissions of the file and its folder.',
  },
  PLR3013: {
    title: 'The lock cannot be written',
    explanation:
      'The operating system refused to write the lock; the old one is untouched. Look at the permissions of the folder and at the space left.',
  },
  PLR3014: {
    title: 'A shard of the lock is on a pool that the lock does not list',
    explanation:
      'A shard of Azure stands on one pool for good, and every pool that there ever was is listed, so that its number is never used again. Take the file back from version control, then run `privatelink-router lock`.',
  },
  PLR3015: {
    title: 'A name that was taken over stands twice in the lock',
    explanation:
      'A load balancer, security group or target group that existed before keeps its name, and each of them belongs to one shard or target. Two branches probably gave one target two names: keep the entry that has been applied, delete the other line and run `privatelink-router lock`.',
  },
} as const;
