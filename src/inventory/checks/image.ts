import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote, warningAt } from '../findings';
import { DEFAULT_IMAGE, DEFAULT_SIZE } from '../schema/azure';
import type { WrittenRouter } from '../schema/inventory';
import { meantAt } from '../shape/key-faults';
import { isFirstGeneration, WITHOUT_APT } from '../tables/images';
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
  if (has('id')) return;
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
