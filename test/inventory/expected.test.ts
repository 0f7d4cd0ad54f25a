import { expect, it } from 'vitest';
import { limitValue } from '../../src/limits';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

/** The message about a key of the valid router that is given another value. */
function messageAbout(key: string, value: number): string {
  const without = VALID.replace(new RegExp(`^ {4}${key}: .*\n`, 'm'), '');
  const { diagnostics } = loadText(without.replace('  analytics:\n', `  analytics:\n    ${key}: ${value}\n`));
  return diagnostics.find(({ path }) => path === `routers.analytics.${key}`)?.message ?? 'no finding';
}

it.each([
  ['basePort', 70000, 1, 65535],
  ['idleTimeout', 5, limitValue('aws.idleTimeoutMin', {}), limitValue('aws.idleTimeoutMax', {})],
  ['drain', 99999, 0, limitValue('aws.deregistrationDelayMax', {})],
])('a number out of its range is answered with the range: %s', (key, value, min, max) => {
  expect(messageAbout(key, value)).toBe(`Got ${value}; expected a whole number from ${min} to ${max}.`);
});
