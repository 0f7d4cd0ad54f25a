import type { Value, Values } from './values';

/** What Terraform shows the user. */
export interface Problem {
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: string;
}

/** Thrown by a kind's effects where the real provider answers with an error. */
export class ProviderError extends Error {
  public readonly detail: string;
  /** What was made before the failure: Terraform keeps it, as tainted. */
  public readonly made: Values | undefined;

  public constructor(summary: string, detail = '', made?: Values) {
    super(summary);
    this.detail = detail;
    this.made = made;
  }
}

/** The behaviour of one resource type, as the real provider has it: what a schema does not say. */
export interface ResourceKind {
  /** Attributes whose change replaces the resource; one of a block as `os_disk.storage_account_type`. */
  readonly replacing: readonly string[];
  /** Attributes that are to be replaced for another reason than that their value is another. */
  replaces?(prior: Values, wanted: Values): readonly string[];
  /** What is meant where nothing is said, by path as in `replacing`. */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Blocks that the provider fills and the configuration never sets. */
  readonly computedBlocks: readonly string[];
  /** Findings of `terraform validate`, on values that may be unknown. */
  validate(config: Values): readonly Problem[];
  create(planned: Values): Promise<Values>;
  /** The state after a refresh, or undefined where the object is gone. */
  read(state: Values): Promise<Values | undefined>;
  update(prior: Values, planned: Values): Promise<Values>;
  delete(state: Values): Promise<void>;
  /** The attributes that an import id gives; `read` fills in the rest. */
  fromImportId(id: string): Values;
}

interface DataKind {
  read(config: Values): Promise<Values>;
}

/** What stands behind a provider's schema: configured once, then asked for its kinds. */
export interface Implementation {
  configure(config: Values): Promise<void>;
  readonly resources: Readonly<Record<string, ResourceKind>>;
  readonly data: Readonly<Record<string, DataKind>>;
}
