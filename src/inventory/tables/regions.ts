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

/** The form of a region's name, in any partition. */
export const REGION_FORM = /^[a-z]{2,4}(-[a-z]+){1,3}-[1-9]\d?$/;
