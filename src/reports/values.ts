import { cutMiddle } from './words';

/** A value that is longer is cut in its middle: a key or a policy would push everything else off the screen. */
const LONGEST_VALUE = 80;

/** A value of a plan or a lock in a line of text; one that is not set, or empty, is `none`. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return cutMiddle(`[${value.map(shownValue).join(', ')}]`, LONGEST_VALUE);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${key} ${shownValue(each)}`);
    return cutMiddle(`{ ${entries.join(', ')} }`, LONGEST_VALUE);
  }
  return cutMiddle(String(value), LONGEST_VALUE);
}

/** What a value was and is: `a → b`, of a list `+ c, - a`. */
export function shownChange(from: unknown, to: unknown): string {
  if (!Array.isArray(from) || !Array.isArray(to)) return `${shownValue(from)} → ${shownValue(to)}`;
  const come = to.filter((one) => !from.includes(one)).map((one) => `+ ${shownValue(one)}`);
  const gone = from.filter((one) => !to.includes(one)).map((one) => `- ${shownValue(one)}`);
  return come.length + gone.length === 0
    ? 'in another order'
    : cutMiddle([...come, ...gone].join(', '), 2 * LONGEST_VALUE);
}
