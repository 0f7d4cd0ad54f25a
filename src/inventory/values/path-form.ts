import { LONGEST_PATH, PATH_FORM } from '../../model';
import { type Fault, fault, quote } from '../findings';
import type { Judge } from './forms';

/** Of the forms that people write instead: how it is known, and what is wrong with it. The first that fits is told. */
const SLIPS: readonly (readonly [form: RegExp, wrong: string, fix: string])[] = [
  [
    /^\/+$/,
    'is every path, which a target has that says none',
    'Remove path; targets of the same domain that have one come first.',
  ],
  [/^[a-z][a-z0-9+.-]*:\/\//i, 'is a URL', 'Write its path alone, and its host as domain.'],
  [/[?#]/, 'goes on behind its path', 'Write what stands before ? and #; nothing else chooses the target.'],
  [
    /%/,
    'holds an escape, which some servers take for the plain character and others do not',
    'Write a part of the path that needs no escapes.',
  ],
  [/\*/, 'holds a wildcard', 'Write what stands before it: a path includes whatever is below it.'],
  [
    /;/,
    'holds a semicolon, behind which some servers read parameters that others take for the path',
    'Write what stands before it.',
  ],
  [/[{}[\]^|\\]/, 'is a pattern', 'Write the path as it is: it includes whatever is below it.'],
  [/^[^/]/, 'does not begin with "/"', 'Write "/" before it.'],
  [/\/\.+(?:\/|$)/, 'has a segment of dots alone, which clients take out', 'Write the path without it.'],
  [/\/\//, 'has two slashes in a row', 'Write one.'],
  [/\/$/, 'ends with "/"', 'Remove it: a path includes itself and whatever is below it.'],
];

const OTHERWISE = [
  'has characters that clients escape, or servers read in several ways',
  'Use letters, digits and - . _ ~ : @ + = between slashes.',
] as const;

/** The path that chooses a target. What is wrong with it is told in the words of the slip that it looks like. */
export const pathForm: Judge = (text): Fault | undefined => {
  if (PATH_FORM.test(text) && text.length <= LONGEST_PATH) return undefined;
  if (PATH_FORM.test(text)) {
    const message = `The path has ${text.length} characters; at most ${LONGEST_PATH} are allowed.`;
    return fault('PLR1260', message, 'Write fewer segments: a path includes whatever is below it.');
  }
  const [, wrong, fix] = SLIPS.find(([form]) => form.test(text)) ?? ['', ...OTHERWISE];
  return fault('PLR1260', `${quote(text)} ${wrong}; a path is /orders, or /orders/eu.`, fix);
};
