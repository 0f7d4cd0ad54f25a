/**
 * In whose words a message of Terraform names what the user wrote: a stack hands in those of the inventory, a registry module its
 * own. No construct chooses between them.
 */
export interface Vocabulary {
  /** A key as the user knows it: `subnetIds`, `subnet_ids`. @param key as the inventory has it */
  readonly key: (key: string) => string;
  /** Where such keys stand, after a key: ` in the inventory`, or nothing. */
  readonly place: string;
  /** What else could take some of the targets: `another router`. */
  readonly otherRouter: string;
  /** Where a raised limit is stated: `under limits: rulesPerSecurityGroup`. @param key as the inventory has it */
  readonly limit: (key: string) => string;
  /** How to go on without an address that a name server does not give, whole sentences. */
  readonly withoutAddress: string;
}
