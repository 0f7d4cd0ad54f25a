import { limitValue } from '../../../limits';
import { fault, quote } from '../../findings';
import type { Judge } from '../forms';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NIL_UUID = /^[0-]+$/;

/** True for a UUID that names something. */
export function isUuid(text: string): boolean {
  return UUID.test(text) && !NIL_UUID.test(text);
}

/** The id of a subscription or tenant. */
export function uuidForm(what: 'subscription' | 'tenant'): Judge {
  return (text) =>
    isUuid(text)
      ? undefined
      : fault(
          'PLR1601',
          `${quote(text)} is not the id of a ${what}, a UUID of 32 hexadecimal digits.`,
          what === 'subscription'
            ? 'Write the id, not the name: `az account show --query id`.'
            : 'Write the id, not the domain: `az account show --query tenantId`.',
        );
}

/** An entry of `visibility`: a subscription, or `*` for all. */
export const visibilityForm: Judge = (text) => (text === '*' ? undefined : uuidForm('subscription')(text));

/** An entry of `autoApproval`: a subscription. Azure takes no `*` here. */
export const autoApprovalForm: Judge = (text) =>
  text === '*'
    ? fault(
        'PLR1605',
        '"*" would approve the connections of every subscription; autoApproval takes ids of subscriptions only.',
        'Name the subscriptions, or leave autoApproval away: our own endpoint is approved all the same.',
      )
    : uuidForm('subscription')(text);

/** ASCII letters only, as the provider has it: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const resourceGroupForm: Judge = (text) => {
  const max = limitValue('azure.resourceGroupNameLength', {});
  const id = /\/resourceGroups\/([^/]+)\/?$/i.exec(text)?.[1];
  if (id !== undefined) {
    return fault('PLR1602', `${quote(text)} is the id of a resource group; its name is meant.`, `Write ${id}.`);
  }
  if (/^[\w.()-]+$/.test(text) && !text.endsWith('.') && text.length <= max) return undefined;
  return fault(
    'PLR1602',
    `${quote(text)} (${text.length} characters) is no name of a resource group: 1 to ${max} letters, digits and _ ( ) . -, no dot at the end.`,
    'Write the name of a resource group that exists.',
  );
};

/** Sizes by Azure's naming convention: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions */
export const SIZE_FORM = /^Standard_[A-Z]{1,3}\d{1,4}(-\d{1,3})?[a-z]{0,7}(_[A-Z0-9]+)*(_v\d{1,2})?$/;

/** A size of machines. */
export const sizeForm: Judge = (text) => {
  if (SIZE_FORM.test(text)) return undefined;
  if (/^Basic_/i.test(text)) {
    return fault(
      'PLR1613',
      `${quote(text)} is a size of the Basic tier, whose machines stand behind no load balancer.`,
      'Use a size such as Standard_D2s_v5.',
    );
  }
  const [, family = '', rest = ''] = /^(?:standard[_ ])?([a-z]{1,3})(\d[\w -]*)$/i.exec(text) ?? [];
  const meant = `Standard_${family.toUpperCase()}${rest.toLowerCase().replace(/ /g, '_')}`;
  return fault(
    'PLR1613',
    `${quote(text)} is no size of machines: Standard_, the family in upper case, the number of cores, as in Standard_D2s_v5.`,
    SIZE_FORM.test(meant) ? `Write ${meant}, if that is what is meant.` : 'Use a size such as Standard_D2s_v5.',
  );
};

/** True for a size of Arm machines: the letter `p` behind the number of cores says so. */
export function isArmSize(size: string): boolean {
  const features = /^Standard_[A-Z]+\d+(?:-\d+)?([a-z]*)/.exec(size)?.[1] ?? '';
  return features.includes('p');
}

/** When something begins, on a clock of 24 hours. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

export const timeOfDayForm: Judge = (text) =>
  TIME_OF_DAY.test(text)
    ? undefined
    : fault(
        'PLR1627',
        `${quote(text)} is no time of a day: two digits of hours, a colon, two digits of minutes, in UTC.`,
        'Write it as in "01:00".',
      );

/** An availability zone, as Azure numbers them for each subscription. */
export const zoneForm: Judge = (text) =>
  /^[123]$/.test(text)
    ? undefined
    : fault(
        'PLR1608',
        `${quote(text)} is no availability zone; they are "1", "2" and "3".`,
        'Use some of "1", "2", "3".',
      );

/** The version of an image of the marketplace. */
export const imageVersionForm: Judge = (text) =>
  /^(latest|\d{1,10}(\.\d{1,15}){2})$/.test(text)
    ? undefined
    : fault(
        'PLR1116',
        `${quote(text)} is not the version of an image: latest, or three numbers with dots.`,
        'Write latest, or a version that `az vm image list --all` shows.',
      );
