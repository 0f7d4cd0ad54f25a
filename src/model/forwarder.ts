/** What forwards on Azure's machines. */
export type Engine = 'haproxy' | 'nginx' | 'nftables';

/** The machines behind Azure's load balancer. */
export interface Forwarder {
  readonly engine: Engine;
  readonly instances: number;
  /** Azure's name of the machines' size, `Standard_D2s_v5`. */
  readonly size: string;
  /** `1`, `2`, `3`, sorted; empty in a location without zones. */
  readonly zones: readonly string[];
  readonly image: ForwarderImage;
  /** Azure brings each new version of the image to the machines. Absent: they keep the one that they were made from. */
  readonly imageUpgrades?: true;
  /** The hosts of the machines encrypt disks and caches too. */
  readonly encryptionAtHost?: true;
  /** Absent: nobody logs in. */
  readonly ssh?: {
    readonly publicKey: string;
    /** Networks from which port 22 is admitted; empty: none. */
    readonly from: readonly string[];
  };
  readonly egress: Egress;
  /** Networks that read the engine's counters; absent: the machines themselves alone. */
  readonly metrics?: { readonly from: readonly string[] };
  /** Present where the machines may speak to Azure's public addresses on port 443, whatever the egress. */
  readonly runCommand?: true;
  /** When security updates are installed and take effect; absent where the machines reach no archive. */
  readonly maintenance?: Maintenance;
}

/** A window of each of these days in which machines may restart, one after the other. */
export interface Maintenance {
  /** Days of the week on which it begins, in the week's order, each once. */
  readonly days: readonly Weekday[];
  /** When it begins, `HH:MM`, UTC. */
  readonly start: string;
  /** How long it is, 1 to 24. */
  readonly hours: number;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Every night of Europe and late in the evening of America: a security update waits a day at most, and sessions of one
 * machine are the most that end at once.
 */
export const DEFAULT_MAINTENANCE: Maintenance = { days: WEEKDAYS, start: '01:00', hours: 4 };

/** An image of the marketplace, or one by its id. */
export type ForwarderImage =
  | {
      readonly publisher: string;
      readonly offer: string;
      readonly sku: string;
      readonly version: string;
      readonly id?: undefined;
    }
  | { readonly id: string };

/**
 * Where the machines get the engine from: the internet by a NAT gateway of ours, a mirror of the private network, the
 * image that has it already, or nowhere (nftables stands on the stock image).
 */
export type Egress =
  | {
      readonly kind: 'nat' | 'image' | 'none';
      readonly mirror?: undefined;
      readonly signingKey?: undefined;
      readonly caCertificate?: undefined;
    }
  | {
      readonly kind: 'mirror';
      readonly mirror: string;
      /** The mirror's public key of OpenPGP, in armour; absent: the image knows it. */
      readonly signingKey?: string;
      /** Certificates in PEM of who signed the mirror's own; absent: the image knows them. */
      readonly caCertificate?: string;
    };
