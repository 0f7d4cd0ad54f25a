import type { Cloud } from './clouds';

/** A quota, as a row of a table. */
export interface Limit {
  /** Stable, dotted: `aws.loadBalancersPerRegion`. Where it is adjustable its last part is the key under `limits:`. */
  readonly id: string;
  /** The key under `limits:` with which a user states how much is used already outside this inventory, `loadBalancersUsed`. */
  readonly usedKey?: string;
  /** Who sets it. */
  readonly cloud: Cloud | 'databricks' | 'github';
  /** What is counted, one line, for the documentation and the message. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** True where the provider raises it on request, so that the inventory may state a higher value. */
  readonly adjustable: boolean;
  readonly source: string;
  /** The day on which the source was read, ISO. */
  readonly checked: string;
  /**
   * Who holds it: `check` (the inventory's own checks), `planner`, `terraform` (a precondition of the emitted
   * configuration, because the inventory cannot show it), `report` (what is printed is cut to it), or `documented`
   * (nobody here can see it).
   */
  readonly enforcedBy: 'check' | 'planner' | 'terraform' | 'report' | 'documented';
}
