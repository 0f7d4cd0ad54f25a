import { type LimitId, limitValue } from '../../limits';
import type { Cloud } from '../../model';
import { type Fault, fault, quote } from '../findings';

/** What a cloud allows of the names and values of tags. */
interface TagRules {
  readonly owner: string;
  readonly reserved: readonly string[];
  readonly keyLength: LimitId;
  readonly valueLength: LimitId;
  readonly count: LimitId;
  /** What is not allowed in a key and in a value, and how to say what is. */
  readonly key: { readonly odd: RegExp; readonly allowed: string };
  readonly value: { readonly odd: RegExp; readonly allowed: string };
  /** Azure takes two keys that differ by letter case for one. */
  readonly ignoresCase: boolean;
}

/** Characters that every AWS service takes in tags (tagging best practices, "tag naming limits"). */
const AWS_CHARACTERS = {
  odd: /[^\p{L}\p{N}\p{Zs}_.:/=+@-]/u,
  allowed: 'letters, digits, spaces and _ . : / = + - @',
} as const;

export const TAG_RULES: Readonly<Record<Cloud, TagRules>> = {
  aws: {
    owner: 'AWS',
    reserved: ['aws:'],
    keyLength: 'aws.tagKeyLength',
    valueLength: 'aws.tagValueLength',
    count: 'aws.tagsPerResource',
    key: AWS_CHARACTERS,
    value: AWS_CHARACTERS,
    ignoresCase: false,
  },
  // https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
  azure: {
    owner: 'Azure',
    reserved: ['microsoft', 'azure', 'windows'],
    keyLength: 'azure.tagNameLength',
    valueLength: 'azure.tagValueLength',
    count: 'azure.tagsPerResource',
    key: { odd: /[<>%&\\?/\p{Cc}]/u, allowed: 'anything but < > % & \\ ? / and control characters' },
    value: { odd: /\p{Cc}/u, allowed: 'anything but control characters' },
    ignoresCase: true,
  },
};

/** Keys of this prefix are ours. */
const OWN_TAG_PREFIX = 'privatelink-router:';

/** Tags that every resource has besides the user's: Name, managed-by, and router, environment, shard and target of our prefix. */
export const OWN_TAG_COUNT = 6;

/** Keys of ours that a user's own may replace, in these very letters. */
export const OWN_TAG_KEYS: readonly string[] = ['Name', 'managed-by'];

/** Why a key of a tag cannot be, in any of these clouds; undefined where it can. */
export function tagKeyFault(key: string, clouds: readonly Cloud[]): Fault | undefined {
  const shown = quote(key);
  if (key.trim() === '') return fault('PLR1107', 'A tag has an empty key.', 'Write a key, or remove the tag.');
  if (key.toLowerCase().startsWith(OWN_TAG_PREFIX)) return reservedFault(shown, OWN_TAG_PREFIX, 'this program');
  for (const cloud of clouds) {
    const rules = TAG_RULES[cloud];
    const reserved = rules.reserved.find((prefix) => key.toLowerCase().startsWith(prefix));
    const found =
      (reserved === undefined ? undefined : reservedFault(shown, reserved, rules.owner)) ??
      lengthFault('key', key, limitValue(rules.keyLength, {}), rules.owner) ??
      charactersFault('key', key, rules.key, rules.owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why a value of a tag cannot be, in any of these clouds; undefined where it can. */
export function tagValueFault(value: string, clouds: readonly Cloud[]): Fault | undefined {
  for (const cloud of clouds) {
    const rules = TAG_RULES[cloud];
    const found =
      lengthFault('value', value, limitValue(rules.valueLength, {}), rules.owner) ??
      charactersFault('value', value, rules.value, rules.owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function reservedFault(shown: string, prefix: string, owner: string): Fault {
  return fault('PLR1401', `${shown} begins with ${prefix}, which ${owner} keeps for itself.`, 'Choose another key.');
}

function lengthFault(what: string, text: string, max: number, owner: string): Fault | undefined {
  const count = [...text].length;
  return count > max
    ? fault('PLR1402', `The ${what} of the tag has ${count} characters; ${owner} allows at most ${max}.`, 'Shorten it.')
    : undefined;
}

function charactersFault(what: string, text: string, rule: TagRules['key'], owner: string): Fault | undefined {
  return rule.odd.test(text)
    ? fault(
        'PLR1403',
        `The ${what} ${quote(text)} of the tag holds characters that ${owner} does not take: ${rule.allowed}.`,
        'Remove them.',
      )
    : undefined;
}
