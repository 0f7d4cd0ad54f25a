import type { Cloud } from '../../model';

/** A service that serverless compute reaches by a rule for the service itself, without a router. */
export interface NativeService {
  /** The hosts of the service; the group `part` is what the fix names. */
  readonly host: RegExp;
  readonly name: string;
  /** The rule of the NCC that reaches it. */
  rule(part: string): string;
}

/**
 * Rules of NCCs for services of the clouds themselves. Source: the Databricks provider's page on
 * `databricks_mws_ncc_private_endpoint_rule`, whose examples reach a storage account (`group_id`) and S3 (`resource_names`);
 * the other `group_id`s are the names that Azure gives to the sub-resources of these services. Looked up 2026-11-29. A
 * managed instance of SQL is in the user's own network (two labels before the suffix), and so is an interface endpoint of
 * S3: a router reaches those.
 */
export const NATIVE_SERVICES: Readonly<Record<Cloud, readonly NativeService[]>> = {
  aws: [
    {
      host: /^(?:.+\.)?s3(?:-fips|-accesspoint|-accesspoint-fips)?(?:\.dualstack)?(?:[.-](?<part>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/,
      name: 'S3',
      rule: (part) =>
        `endpoint_service com.amazonaws.${part === '' ? 'REGION' : part}.s3, resource_names with the buckets`,
    },
  ],
  azure: [
    {
      host: /^[^.]+(?:\.privatelink)?\.database\.windows\.net$/,
      name: 'Azure SQL',
      rule: () => 'resource_id of the SQL server, group_id sqlServer',
    },
    {
      host: /^[^.]+(?:\.z\d+)?(?:\.privatelink)?\.(?<part>blob|dfs|file|queue|table|web)\.core\.windows\.net$/,
      name: 'Azure Storage',
      rule: (part) => `resource_id of the storage account, group_id ${part}`,
    },
  ],
};
