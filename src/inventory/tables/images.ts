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
