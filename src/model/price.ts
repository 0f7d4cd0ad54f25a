/** A list price, as a row of a table. Discounts, reservations and taxes are not in it. */
export interface Price {
  /** Stable, dotted: `azure.loadBalancerRule`. */
  readonly id: string;
  readonly cloud: 'azure';
  /** What is paid for, one line. */
  readonly what: string;
  /** US dollars. */
  readonly value: number;
  readonly per: 'hour' | 'GB';
  /** The region that the price is of; other regions may differ. `all`: the same everywhere. */
  readonly region: string;
  readonly source: string;
  /** The day on which the source was read, ISO. */
  readonly checked: string;
}
