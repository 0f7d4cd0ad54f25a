import { limitValue } from '../../limits';
import { fault, quote } from '../findings';
import type { Judge } from './forms';

/** Characters that every AWS service takes in tags (tagging best practices, "tag naming limits"). */
const CHARACTERS = /^[\p{L}\p{N}\p{Zs}_.:/=+@-]*$/u;

const ALLOWED = 'letters, digits, spaces and _ . : / = + - @';

/** Keys of this prefix are ours. */
const OWN_TAG_PREFIX = 'privatelink-router:';

/** Tags that every resource has besides the user's: Name, managed-by, and router, environment, shard and target of our prefix. */
export const OWN_TAG_COUNT = 6;

export const tagKeyForm: Judge = (key) => {
  const shown = quote(key);
  if (key.trim() === '') return fault('PLR1107', 'A tag has an empty key.', 'Write a key, or remove the tag.');
  const reserved = ['aws:', OWN_TAG_PREFIX].find((prefix) => key.toLowerCase().startsWith(prefix));
  if (reserved !== undefined) {
    const owner = reserved === 'aws:' ? 'AWS' : 'this program';
    return fault(
      'PLR1401',
      `${shown} begins with ${reserved}, which ${owner} keeps for itself.`,
      'Choose another key.',
    );
  }
  return length('key', key, limitValue('aws.tagKeyLength', {})) ?? characters('key', key);
};

export const tagValueForm: Judge = (value) =>
  length('value', value, limitValue('aws.tagValueLength', {})) ?? characters('value', value);

function length(what: string, text: string, max: number) {
  const count = [...text].length;
  return count > max
    ? fault('PLR1402', `The ${what} of the tag has ${count} characters; at most ${max} are allowed.`, 'Shorten it.')
    : undefined;
}

function characters(what: string, text: string) {
  return CHARACTERS.test(text)
    ? undefined
    : fault('PLR1403', `The ${what} ${quote(text)} of the tag holds other characters than ${ALLOWED}.`, 'Remove them.');
}
