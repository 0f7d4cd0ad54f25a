import { type Fault, fault, quote } from '../../findings';
import type { Judge } from '../forms';
import { isUuid } from './names';

/** What the id of a subnet says. */
export interface SubnetId {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly virtualNetwork: string;
  readonly subnet: string;
}

/** The fixed words of an id, each before a name of the user's. A word with a slash is one that no name follows. */
const SUBNET_WORDS = [
  'subscriptions',
  'resourceGroups',
  'providers/Microsoft.Network/virtualNetworks',
  'subnets',
] as const;

const IMAGE_WORDS = [
  ['subscriptions', 'resourceGroups', 'providers/Microsoft.Compute/images'],
  ['subscriptions', 'resourceGroups', 'providers/Microsoft.Compute/galleries', 'images'],
  ['subscriptions', 'resourceGroups', 'providers/Microsoft.Compute/galleries', 'images', 'versions'],
] as const;

/** A name inside an id: what Azure gives no resource cannot stand there. */
const NAME = /^[\w.()-]{1,90}$/;

/** Subnets of Azure's own services, in which no other machine stands. */
export const SERVICE_SUBNETS: readonly string[] = [
  'GatewaySubnet',
  'AzureFirewallSubnet',
  'AzureFirewallManagementSubnet',
  'AzureBastionSubnet',
  'RouteServerSubnet',
];

/** The names of an id that has these words, letter case aside, and whether the words' letter case is Azure's own. */
function namesIn(id: string, words: readonly string[]): { names: string[]; exact: string } | undefined {
  const parts = id.split('/');
  if (parts[0] !== '') return undefined;
  const names: string[] = [];
  let at = 1;
  let exact = '';
  for (const word of words) {
    const length = word.split('/').length;
    const found = parts.slice(at, at + length).join('/');
    const name = parts[at + length];
    if (found.toLowerCase() !== word.toLowerCase() || name === undefined || !NAME.test(name)) return undefined;
    names.push(name);
    exact += `/${word}/${name}`;
    at += length + 1;
  }
  return at === parts.length && isUuid(names[0] ?? '') ? { names, exact } : undefined;
}

/** What the id of a subnet says; undefined where it is none. Letter case of the fixed words counts for nothing. */
export function parseSubnetId(id: string): SubnetId | undefined {
  const [subscriptionId, resourceGroupName, virtualNetwork, subnet] = namesIn(id, SUBNET_WORDS)?.names ?? [];
  if (subscriptionId === undefined || resourceGroupName === undefined) return undefined;
  if (virtualNetwork === undefined || subnet === undefined) return undefined;
  return { subscriptionId: subscriptionId.toLowerCase(), resourceGroupName, virtualNetwork, subnet };
}

const SUBNET_FORM = `/subscriptions/UUID/resourceGroups/NAME/${SUBNET_WORDS[2]}/NAME/subnets/NAME`;

/** The id of a subnet, with the letter case of its fixed words as the provider demands it. */
export const subnetIdForm: Judge = (text) => {
  const found = namesIn(text, SUBNET_WORDS);
  if (found === undefined) return noSubnet(text);
  if (found.exact !== text) return letterCase('PLR1603', text, found.exact);
  const subnet = found.names[3] ?? '';
  const service = SERVICE_SUBNETS.find((name) => name.toLowerCase() === subnet.toLowerCase());
  return service === undefined
    ? undefined
    : fault(
        'PLR1603',
        `${service} is kept for a service of Azure's own; no other machine or endpoint stands in it.`,
        'Make a subnet for the forwarders, and another for the Private Link Services.',
      );
};

/** An id with something around it: a slash at the end, none at the beginning, the address of a page of the portal. */
function idWithin(text: string, words: readonly string[]): string | undefined {
  const [, rest] = /(?:^|\/)(subscriptions\/.*?)\/*$/is.exec(text) ?? [];
  // The portal adds the page that was open behind the id.
  const pages = [rest, rest?.replace(/\/[a-z]+$/i, '')];
  return pages.map((one) => namesIn(`/${one}`, words)?.exact).find((exact) => exact !== undefined);
}

function aroundId(code: 'PLR1603' | 'PLR1614', text: string, exact: string): Fault {
  const what = /\/$/.test(text)
    ? 'ends in a slash, which is no part of an id'
    : 'has more than the id in it, or lacks its first slash';
  return fault(code, `${quote(text)} ${what}.`, `Write ${exact}.`);
}

function noSubnet(text: string): Fault {
  const within = idWithin(text, SUBNET_WORDS);
  if (within !== undefined) return aroundId('PLR1603', text, within);
  if (namesIn(text, SUBNET_WORDS.slice(0, 3)) !== undefined) {
    return fault(
      'PLR1603',
      `${quote(text)} is a virtual network; one of its subnets is meant.`,
      'Add /subnets/ and the name of the subnet.',
    );
  }
  const subscription = /^\/subscriptions\/([^/]+)\//i.exec(text)?.[1];
  if (subscription !== undefined && !isUuid(subscription)) {
    return fault(
      'PLR1603',
      `${quote(text)} is not the id of a subnet: ${quote(subscription)} is not the id of a subscription.`,
      `Write ${SUBNET_FORM}.`,
    );
  }
  return fault(
    'PLR1603',
    `${quote(text)} is not the id of a subnet: ${SUBNET_FORM}.`,
    'Copy it: `az network vnet subnet show --resource-group RG --vnet-name VNET --name SUBNET --query id`.',
  );
}

function letterCase(code: 'PLR1603' | 'PLR1614', text: string, exact: string): Fault {
  return fault(
    code,
    `${quote(text)} has the fixed words of an id in other letters than Terraform takes.`,
    `Write ${exact}.`,
  );
}

/** The id of an image, of an image of a gallery, or of one version of that. */
export const imageIdForm: Judge = (text) => {
  const found = IMAGE_WORDS.map((words) => namesIn(text, words)).find((names) => names !== undefined);
  if (found !== undefined) return found.exact === text ? undefined : letterCase('PLR1614', text, found.exact);
  const within = IMAGE_WORDS.map((words) => idWithin(text, words)).find((exact) => exact !== undefined);
  if (within !== undefined) return aroundId('PLR1614', text, within);
  return fault(
    'PLR1614',
    `${quote(text)} is not the id of an image: /subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Compute/images/NAME, or …/galleries/NAME/images/NAME, with or without /versions/1.2.3.`,
    'Copy it: `az image show` or `az sig image-version show`, each with `--query id`.',
  );
};
