import { floorOf, type ProviderName } from './floors';

/** One entry of Terraform's `required_providers`. */
export interface ProviderRequirement {
  /** The full source address: a short one means another registry to OpenTofu. */
  readonly source: string;
  readonly version: string;
}

/**
 * The ranges of provider versions for which the emitted configuration is written. A range and not a pin, so that the
 * user's own lock file decides. Each begins where the table of floors says; the major version after the last one that was
 * tried ends it.
 */
export const PROVIDER_REQUIREMENTS: Readonly<Record<ProviderName, ProviderRequirement>> = {
  aws: requirement('aws', 'hashicorp/aws', 7),
  azurerm: requirement('azurerm', 'hashicorp/azurerm', 5),
  databricks: requirement('databricks', 'databricks/databricks', 2),
  dns: requirement('dns', 'hashicorp/dns', 4),
};

function requirement(name: ProviderName, source: string, below: number): ProviderRequirement {
  return { source: `registry.terraform.io/${source}`, version: `>= ${floorOf(name)}, < ${below}` };
}
