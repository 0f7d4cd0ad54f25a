/** One entry of Terraform's `required_providers`. */
export interface ProviderRequirement {
  /** The full source address: a short one means another registry to OpenTofu. */
  readonly source: string;
  readonly version: string;
}

/**
 * The ranges of provider versions for which the emitted configuration is written. A range and not a pin, so that the
 * user's own lock file decides. Floors: aws 5.100 (`supported_ip_address_types` and the NLB arguments used here),
 * azurerm 4.58 (5.0's names of arguments taken beside the old ones; 5.0 drops others), databricks 1.121 (read-only
 * attributes of the private endpoint rule settled), dns 3.4.
 */
export const PROVIDER_REQUIREMENTS = {
  aws: { source: 'registry.terraform.io/hashicorp/aws', version: '>= 5.100, < 7' },
  azurerm: { source: 'registry.terraform.io/hashicorp/azurerm', version: '>= 4.58, < 5' },
  databricks: { source: 'registry.terraform.io/databricks/databricks', version: '>= 1.121, < 2' },
  dns: { source: 'registry.terraform.io/hashicorp/dns', version: '>= 3.4, < 4' },
} as const satisfies Record<string, ProviderRequirement>;

/** A provider that a stack may need. */
export type ProviderName = keyof typeof PROVIDER_REQUIREMENTS;
