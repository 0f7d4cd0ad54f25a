import type { AwsPlace } from '../../model';

/**
 * The roles of Databricks that may connect to an endpoint service, by partition. The region alone does not tell the two
 * kinds of GovCloud apart. Source: docs.databricks.com/aws/en/security/network/serverless-network-security/pl-to-internal-network
 */
const ROLES = {
  commercial: (region: string): string => `arn:aws:iam::565502421330:role/private-connectivity-role-${region}`,
  civilian: (): string => 'arn:aws-us-gov:iam::347038500609:role/private-connectivity-role-us-gov-west-1',
  dod: (): string => 'arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-us-gov-west-1',
} as const;

/** The principal to allow on the endpoint services of a router. */
export function principalOf({ region, govcloud }: Pick<AwsPlace, 'region' | 'govcloud'>): string {
  return ROLES[govcloud ?? 'commercial'](region);
}
