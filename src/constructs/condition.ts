/** Something that has to hold, and what Terraform says where it does not: both are templates. */
export interface TerraformCondition {
  readonly condition: string;
  readonly errorMessage: string;
}
