/**
 * Regions that Databricks runs in on AWS: https://docs.databricks.com/aws/en/resources/supported-regions, read 2026-11-21.
 * `limits.regions` adds one that has opened since.
 */
export const REGIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
];

/** The form of a region's name. */
export const REGION_FORM = /^[a-z]{2,3}(-[a-z]+){1,3}-[1-9]\d?$/;

/** The partition in ARNs of a region. */
export function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}
