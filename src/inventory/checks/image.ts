import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote, warningAt } from '../findings';
import { DEFAULT_IMAGE, DEFAULT_SIZE } from '../schema/forwarder';
import type { WrittenRouter } from '../schema/inventory';
import { meantAt } from '../shape/key-faults';
import { isFirstGeneration, isUpgraded, WITHOUT_APT } from '../tables/images';
import { isArmSize } from '../values/azure/names';
import type { CheckContext, Loose } from './context';

export type WrittenForwarder = Loose<NonNullable<NonNullable<WrittenRouter['azure']>['forwarder']>>;

/** Publishers whose images the bootstrap is written for, and words of those that it cannot run on. */
const PUBLISHERS = { tried: ['canonical', 'debian'], windows: /^microsoft(windows|sqlserver|visualstudio)/i } as const;

/** An id, or publisher, offer and sku; and an image that the machines can run. */
export function* imageFindings(
  path: ValuePath,
  forwarder: WrittenForwarder,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const key = [...path, 'image'];
  const parts = ['publisher', 'offer', 'sku'] as const;
  const has = (part: string): boolean => context.has([...key, part]);
  if (context.has(key) && forwarder.image === undefined) return;
  const given = [...parts, 'version'].filter(has);
  const [first] = given;
  if (has('id') && first !== undefined) {
    const reason = fault(
      'PLR1110',
      'An image is named by its id, or by publisher, offer and sku, not by both.',
      'Remove the id, or the others (in an overlay: set them to null).',
    );
    yield errorAt([...key, first], reason);
    return;
  }
  if (has('id')) {
    yield* ownUpgrades(path, forwarder);
    return;
  }
  const meant = meantAt(context.root, key);
  const missing = parts.filter((part) => !has(part));
  if (context.has(key) && missing.length > 0) {
    if (meant.some((part) => part === 'id' || missing.some((one) => one === part))) return;
    const reason = fault(
      'PLR1102',
      first === undefined
        ? 'The image has neither an id nor publisher, offer and sku.'
        : `The image lacks its ${missing.join(' and ')}.`,
      first === undefined
        ? 'Add id: or publisher:, offer: and sku:.'
        : `Add ${missing.map((part) => `${part}:`).join(' and ')}.`,
    );
    yield errorAt([...key, missing[0] ?? 'id'], reason);
    return;
  }
  yield* platform(path, forwarder, context);
  yield* namedUpgrades(path, forwarder);
}

/** Azure can bring only what is newer: an image of a version never is. */
function* ownUpgrades(path: ValuePath, { image, imageUpgrades }: WrittenForwarder): Iterable<InventoryFinding> {
  if (imageUpgrades !== true || image?.id === undefined) return;
  const pinned = /\/versions\/[^/]+$/i.test(image.id);
  if (!pinned && /\/galleries\//i.test(image.id)) return;
  const reason = fault(
    'PLR1620',
    pinned
      ? 'The image is named with its version, so that no newer one ever comes.'
      : 'An image outside a gallery has no versions, so that no newer one ever comes.',
    pinned
      ? 'Remove /versions/… from the id, or remove imageUpgrades.'
      : 'Name an image of a gallery, or remove imageUpgrades.',
  );
  yield errorAt([...path, 'imageUpgrades'], reason);
}

function* namedUpgrades(path: ValuePath, forwarder: WrittenForwarder): Iterable<InventoryFinding> {
  if (forwarder.imageUpgrades !== true) return;
  const image = forwarder.image ?? DEFAULT_IMAGE;
  const at = [...path, 'imageUpgrades'];
  const version = image.version ?? DEFAULT_IMAGE.version;
  if (version !== 'latest') {
    const reason = fault(
      'PLR1620',
      `The image has the version ${version}, so that no newer one ever comes.`,
      'Write version: latest, or remove imageUpgrades.',
    );
    yield errorAt(at, reason);
  } else if (!isUpgraded(image)) {
    const reason = fault(
      'PLR1620',
      `The image ${quote(`${image.publisher}:${image.offer}:${image.sku}`)} is not among those that Azure says it upgrades; it may refuse the scale set.`,
      'Look at https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#supported-os-images, or name an image of a gallery of yours.',
    );
    yield warningAt(at, reason);
  }
}

function* platform(path: ValuePath, forwarder: WrittenForwarder, context: CheckContext): Iterable<InventoryFinding> {
  const image = forwarder.image ?? DEFAULT_IMAGE;
  const { publisher, sku } = image;
  const at = [...path, 'image', 'publisher'];
  if (PUBLISHERS.windows.test(publisher ?? '')) {
    const reason = fault(
      'PLR1615',
      `${quote(publisher ?? '')} publishes images of Windows; the forwarder runs on Debian or Ubuntu.`,
      'Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.',
    );
    yield errorAt(at, reason);
    return;
  }
  const without = WITHOUT_APT.get(publisher?.toLowerCase() ?? '');
  if (without !== undefined) {
    const reason = fault(
      'PLR1615',
      `The images of ${quote(publisher ?? '')} are ${without}, which has no apt; the machines are set up by apt and would never get their engine.`,
      'Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.',
    );
    yield errorAt(at, reason);
    return;
  }
  if (isFirstGeneration(image)) {
    const reason = fault(
      'PLR1615',
      `The image ${quote(sku ?? '')} is of the first generation, which has no Secure Boot; every machine starts with it, and Azure refuses to make one.`,
      `Name the image of the second generation: ${quote(secondGeneration(sku ?? ''))}, if the publisher has it under that name.`,
    );
    yield errorAt([...path, 'image', 'sku'], reason);
    return;
  }
  if (publisher !== undefined && !PUBLISHERS.tried.some((known) => known === publisher.toLowerCase())) {
    const reason = fault(
      'PLR1615',
      `Whether the images of ${quote(publisher)} are a Debian or Ubuntu with cloud-init, which the machines are set up for, is not known here.`,
      'Make sure that apt and cloud-init are on the image, or remove image for Ubuntu 24.04 LTS.',
    );
    yield warningAt(at, reason);
  }
  const size = forwarder.size ?? DEFAULT_SIZE;
  if (context.has([...path, 'size']) && forwarder.size === undefined) return;
  const arm = /arm64/i.test(sku ?? '');
  if (sku === undefined || isArmSize(size) === arm) return;
  const reason = fault(
    'PLR1613',
    arm
      ? `The image ${quote(sku)} is for Arm processors; machines of the size ${size} have others.`
      : `Machines of the size ${size} have Arm processors; the image ${quote(sku)} is for others.`,
    arm
      ? 'Choose a size with a p behind the number of cores, such as Standard_D2ps_v6.'
      : 'Choose a size without the p, or an image for arm64.',
  );
  yield errorAt(forwarder.size === undefined ? [...path, 'image', 'sku'] : [...path, 'size'], reason);
}

/** An SKU's sister: Canonical and Debian wrote it behind the plain one, Canonical marks the old one now. */
function secondGeneration(sku: string): string {
  return /-gen1$/i.test(sku) ? sku.slice(0, -'-gen1'.length) : `${sku}-gen2`;
}
