import type { TerraformStack } from 'cdktf';
import type { ProviderName } from '../bindings';

/** The registry modules that there are, by the name of their folder. */
export type ModuleName = 'aws-privatelink-router' | 'azure-privatelink-forwarder' | 'databricks-ncc-private-endpoints';

/** What a variable must fulfil. */
export interface ModuleValidation {
  /** A Terraform expression over the variable alone, in the language of 1.3; may be several lines. True: fine. */
  readonly condition: string;
  /**
   * A Terraform template: what we got, what is allowed, what to do. Texts of the caller come into it by `${var.…}` only.
   * Begins with a capital letter or an expression and ends with a full stop.
   */
  readonly message: string;
}

/** One variable of a module. */
export interface ModuleInput {
  /** In snake_case. */
  readonly name: string;
  /** A type expression of Terraform, `optional(…)` included; may be several lines. */
  readonly type: string;
  /** For people: what it is, unit and range. */
  readonly description: string;
  /** The key of the inventory that it is the same as, `routers.*.aws.vpcId`. @default none: `own` says why */
  readonly inventory?: string;
  /** Why the module has it although no inventory does. @default none: it stands in the inventory */
  readonly own?: string;
  /** A JSON value. @default none: the caller has to give it */
  readonly default?: unknown;
  /** True where null means something. @default false */
  readonly nullable?: boolean;
  readonly validations?: readonly ModuleValidation[];
}

/** One output of a module. */
export interface ModuleOutput {
  readonly name: string;
  readonly description: string;
  /** A Terraform expression, without `${}`; may be several lines. */
  readonly value: string;
}

/** A section of a module's README, after the example and the tables. */
export interface ModuleNote {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** A registry module: exactly one shard, made of the same constructs as a stack. */
export interface ModuleDefinition {
  readonly name: ModuleName;
  /** The provider that a registry files it under: its repository is `terraform-<provider>-<registryName>`. */
  readonly provider: ProviderName;
  readonly registryName: string;
  /** The README's first line. */
  readonly title: string;
  /** The README's first paragraphs, in Markdown. */
  readonly purpose: string;
  /** The providers that it needs; the caller configures them. */
  readonly providers: readonly ProviderName[];
  /** The oldest Terraform that runs it, `>= 1.3`. */
  readonly requiredVersion: string;
  readonly inputs: readonly ModuleInput[];
  readonly outputs: readonly ModuleOutput[];
  readonly notes: readonly ModuleNote[];
  /** Names of the forwarder's files that stand in the module's folder `forwarder`. */
  readonly companions: readonly string[];
  /** The folder of the hand-written files (CHANGELOG.md, examples, tests), copied as they are. */
  readonly files: string;
  /** Puts the module's resources, data sources and locals into an empty stack. No provider and no output. */
  fill(stack: TerraformStack): void;
}
