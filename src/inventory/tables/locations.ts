/**
 * Azure's public locations, and whether they have availability zones: the answer of `az account list-locations` (physical
 * regions, without stages and canaries), read 2026-11-21. `limits.regions` adds one that has opened since.
 */
const TABLE: readonly (readonly [name: string, displayName: string, zones: boolean])[] = [
  ['australiacentral', 'Australia Central', false],
  ['australiacentral2', 'Australia Central 2', false],
  ['australiaeast', 'Australia East', true],
  ['australiasoutheast', 'Australia Southeast', false],
  ['austriaeast', 'Austria East', true],
  ['belgiumcentral', 'Belgium Central', true],
  ['brazilsouth', 'Brazil South', true],
  ['brazilsoutheast', 'Brazil Southeast', false],
  ['canadacentral', 'Canada Central', true],
  ['canadaeast', 'Canada East', false],
  ['centralindia', 'Central India', true],
  ['centralus', 'Central US', true],
  ['chilecentral', 'Chile Central', true],
  ['denmarkeast', 'Denmark East', true],
  ['eastasia', 'East Asia', true],
  ['eastus', 'East US', true],
  ['eastus2', 'East US 2', true],
  ['francecentral', 'France Central', true],
  ['francesouth', 'France South', false],
  ['germanynorth', 'Germany North', false],
  ['germanywestcentral', 'Germany West Central', true],
  ['indonesiacentral', 'Indonesia Central', true],
  ['israelcentral', 'Israel Central', true],
  ['italynorth', 'Italy North', true],
  ['japaneast', 'Japan East', true],
  ['japanwest', 'Japan West', true],
  ['jioindiacentral', 'Jio India Central', false],
  ['jioindiawest', 'Jio India West', false],
  ['koreacentral', 'Korea Central', true],
  ['koreasouth', 'Korea South', false],
  ['malaysiawest', 'Malaysia West', true],
  ['mexicocentral', 'Mexico Central', true],
  ['newzealandnorth', 'New Zealand North', true],
  ['northcentralus', 'North Central US', false],
  ['northeurope', 'North Europe', true],
  ['norwayeast', 'Norway East', true],
  ['norwaywest', 'Norway West', false],
  ['polandcentral', 'Poland Central', true],
  ['qatarcentral', 'Qatar Central', true],
  ['southafricanorth', 'South Africa North', true],
  ['southafricawest', 'South Africa West', false],
  ['southcentralus', 'South Central US', true],
  ['southeastasia', 'Southeast Asia', true],
  ['southindia', 'South India', false],
  ['spaincentral', 'Spain Central', true],
  ['swedencentral', 'Sweden Central', true],
  ['switzerlandnorth', 'Switzerland North', true],
  ['switzerlandwest', 'Switzerland West', false],
  ['uaecentral', 'UAE Central', false],
  ['uaenorth', 'UAE North', true],
  ['uksouth', 'UK South', true],
  ['ukwest', 'UK West', false],
  ['westcentralus', 'West Central US', false],
  ['westeurope', 'West Europe', true],
  ['westindia', 'West India', false],
  ['westus', 'West US', false],
  ['westus2', 'West US 2', true],
  ['westus3', 'West US 3', true],
];

/** The names of all locations that are known here. */
export const LOCATIONS: readonly string[] = TABLE.map(([name]) => name);

/** The form of a location's name: one word of lower-case letters, with a number where there are several. */
export const LOCATION_FORM = /^[a-z]{4,40}\d?$/;

const ZONES: ReadonlyMap<string, boolean> = new Map(TABLE.map(([name, , zones]) => [name, zones]));

/** Whether a location has availability zones; undefined where it is not known here. */
export function hasZones(location: string): boolean | undefined {
  return ZONES.get(location);
}

/** The name of a location that somebody wrote as the portal shows it: `East US 2` → `eastus2`. */
export function byDisplayName(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  return TABLE.find(([name, display]) => plain === display.toLowerCase() || plain.replace(/[\s_-]/g, '') === name)?.[0];
}

/** Begins the names of locations of Azure's other clouds, in lower case, which have other endpoints and another Databricks: `usgovvirginia`, `chinanorth3`. */
export const SOVEREIGN = /^(us ?gov|us ?dod|china|us ?sec|us ?nat)/;
