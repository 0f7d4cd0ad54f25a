/** What names an image of the marketplace. */
export interface NamedImage {
  readonly publisher?: string | undefined;
  readonly offer?: string | undefined;
  readonly sku?: string | undefined;
}

/**
 * Which SKUs of an offer are of the first generation, which starts from a BIOS and so has no Secure Boot. Read 2026-11-29:
 * https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/ (up to 23.04 the plain SKU is of the
 * first, from 24.04 on it is of the second) and https://wiki.debian.org/Cloud/MicrosoftAzure
 */
export const FIRST_GENERATION = [
  {
    publisher: 'canonical',
    offer: /^(ubuntuserver|0001-com-ubuntu-(server|minimal|pro)-[a-z-]+)$/,
    // Images for Arm are all of the second.
    second: /gen2|arm64/,
  },
  { publisher: 'canonical', offer: /^ubuntu-[0-9]{2}_[0-9]{2}(-lts)?(-daily)?$/, first: /-gen1$/ },
  { publisher: 'debian', offer: /^debian-1[0-2](-daily)?$/, second: /gen2|arm64/ },
] as const satisfies readonly {
  readonly publisher: string;
  readonly offer: RegExp;
  readonly first?: RegExp;
  readonly second?: RegExp;
}[];

/**
 * Publishers of Linux without apt, on which the machines' bootstrap cannot run, in lower case. Read 2026-11-29:
 * https://learn.microsoft.com/azure/virtual-machines/linux/endorsed-distros and the publishers' own pages in the marketplace.
 */
export const WITHOUT_APT: ReadonlyMap<string, string> = new Map([
  ['redhat', 'Red Hat Enterprise Linux'],
  ['oracle', 'Oracle Linux'],
  ['almalinux', 'AlmaLinux'],
  ['resf', 'Rocky Linux'],
  ['ciq', 'Rocky Linux'],
  ['erockyenterprisesoftwarefoundationinc1653071250513', 'Rocky Linux'],
  ['openlogic', 'CentOS'],
  ['suse', 'SUSE Linux'],
  ['microsoftcblmariner', 'Azure Linux'],
  ['kinvolk', 'Flatcar'],
  ['thefreebsdfoundation', 'FreeBSD'],
]);

/**
 * Images of Debian and Ubuntu in the marketplace that Azure upgrades by itself, publisher, offer and SKU in lower case:
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#supported-os-images,
 * read 2026-11-29. More are added from time to time.
 */
const UPGRADED: ReadonlySet<string> = new Set([
  'canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2',
  'canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64',
  'canonical:ubuntu-24_04-lts:server-arm64',
]);

/** True for an image that is on Azure's list of those that it upgrades by itself, as it is known here. */
export function isUpgraded({ publisher, offer, sku }: NamedImage): boolean {
  return UPGRADED.has(`${publisher}:${offer}:${sku}`.toLowerCase());
}

/** True for an image that is known to be of the first generation; false where that is not known. */
export function isFirstGeneration({ publisher, offer, sku }: NamedImage): boolean {
  if (publisher === undefined || offer === undefined || sku === undefined) return false;
  return FIRST_GENERATION.some(
    (row) =>
      row.publisher === publisher.toLowerCase() &&
      row.offer.test(offer.toLowerCase()) &&
      ('first' in row ? row.first.test(sku.toLowerCase()) : !row.second.test(sku.toLowerCase())),
  );
}
