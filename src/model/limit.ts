import type { Cloud } from './clouds';

/** A quota, or what we recommend, as a row of a table. */
export interface Limit {
  /** Stable, dotted: `aws.loadBalancersPerRegion`. Where it is adjustable its last part is the key under `limits:`. */
  readonly id: string;
  /** The key under `limits:` with which a user states how much is used already outside this inventory, `loadBalancersUsed`. */
  readonly usedKey?: string;
  /** Who sets it. */
  readonly cloud: Cloud | 'databricks' | 'github' | 'terraform';
  /** What is counted, one line, for the documentation and the message. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** True where the provider raises it on request, or nobody holds it, so that the inventory may state another value. */
  readonly adjustable: boolean;
  /** The address of the page that says so; of what we measured ourselves, the page of `docs/` with the figures. */
  readonly source: string;
  /** The day on which the source was read, ISO. */
  readonly checked: string;
  /**
   * Who holds it: `check` (the inventory's own checks), `planner`, `terraform` (a precondition of the emitted
   * configuration, because the inventory cannot show it), `report` (what is printed is cut to it), `warning` (the planner
   * says that it is exceeded, and goes on), or `documented` (nobody here can see it).
   */
  readonly enforcedBy: 'check' | 'planner' | 'terraform' | 'report' | 'warning' | 'documented';
}
