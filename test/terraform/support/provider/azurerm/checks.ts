import { createPublicKey } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { Problem } from '../kind';
import { valuesAt } from '../planning';
import { isUnknown, type Value, type Values } from '../values';

/** Why a value is refused, or undefined where it is fine. `path` is how messages call it. */
export type Check = (value: Value, path: string) => string | undefined;

/** The findings of a resource's checks, on all values that are given and known; each member of a set or list by itself. */
export function problemsOf(
  config: Values,
  checks: Readonly<Record<string, Check | readonly Check[]>>,
): readonly Problem[] {
  return Object.entries(checks).flatMap(([path, all]) => {
    const each = Array.isArray(all) ? (all as readonly Check[]) : [all as Check];
    const known = valuesAt(config, path)
      .flatMap((value): readonly Value[] => (Array.isArray(value) ? value : [value]))
      .filter((value) => value !== null && value !== undefined && !isUnknown(value));
    return known.flatMap((value) => {
      const summary = each.map((check) => check(value, path)).find((found) => found !== undefined);
      return summary === undefined ? [] : [{ summary, attribute: path.split('.')[0] ?? path }];
    });
  });
}

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, path) =>
    allowed.includes(String(value))
      ? undefined
      : `expected ${path} to be one of [${allowed.map((one) => `"${one}"`).join(' ')}], got ${value}`;

export const between =
  (low: number, high: number): Check =>
  (value, path) =>
    Number(value) >= low && Number(value) <= high
      ? undefined
      : `expected ${path} to be in the range (${low} - ${high}), got ${value}`;

export const atLeast =
  (low: number): Check =>
  (value, path) =>
    Number(value) >= low ? undefined : `expected ${path} to be at least (${low}), got ${value}`;

export const matching =
  (pattern: RegExp, words: string): Check =>
  (value, path) =>
    pattern.test(String(value)) ? undefined : `"${path}" ${words}: ${value}`;

export const filled: Check = (value, path) =>
  String(value).trim() === '' ? `expected "${path}" to not be an empty string, got ${value}` : undefined;

export const wholeNumber: Check = (value) =>
  Number.isInteger(value) ? undefined : `Attribute must be a whole number, got ${value}`;

/** A port; 0 where a rule for all ports may say so. */
export const port =
  (lowest: 0 | 1): Check =>
  (value, path) =>
    Number(value) >= lowest && Number(value) <= 65535 ? undefined : `"${path}" is not a valid port number: ${value}`;

export const uuid: Check = (value, path) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(value))
    ? undefined
    : `expected "${path}" to be a valid UUID, got ${value}`;

export const uuidOrAll: Check = (value, path) => (value === '*' ? undefined : uuid(value, path));

export const address: Check = (value, path) =>
  isIPv4(String(value)) ? undefined : `expected ${path} to contain a valid IP, got: ${value}`;

/** An id of one type, in the letter case in which Azure's clients want it. */
export const idLike =
  (type: string): Check =>
  (value, path) => {
    const [namespace, ...kinds] = type.split('/');
    const tail = kinds.map((kind) => `/${kind}/[^/]+`).join('');
    const pattern = new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${namespace}${tail}$`);
    return pattern.test(String(value)) ? undefined : `parsing "${value}": ${path} is no id of ${type}`;
  };

export const anyId: Check = (value, path) =>
  String(value).startsWith('/subscriptions/') ? undefined : `cannot parse "${path}" as a resource id: ${value}`;

export const json: Check = (value, path) => {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch (error) {
    return `"${path}" contains an invalid JSON: ${(error as Error).message}`;
  }
};

export const base64: Check = (value, path) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(String(value))
    ? undefined
    : `expected "${path}" to be a base64 string`;

function seconds(duration: string): number | undefined {
  const match = /^P(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null || duration === 'P') return undefined;
  const [hours = 0, minutes = 0, rest = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + rest;
}

/** An ISO 8601 duration, between two others where they are given. */
export const duration =
  (low?: string, high?: string): Check =>
  (value, path) => {
    const length = seconds(String(value));
    if (length === undefined) return `"${path}" is no ISO 8601 duration: ${value}`;
    const inside = length >= (seconds(low ?? 'PT0S') ?? 0) && length <= (seconds(high ?? '') ?? Infinity);
    return inside ? undefined : `expected ${path} to be in the range (${low} - ${high}), got ${value}`;
  };

/** A public key of RSA or ED25519 in OpenSSH's form. */
export const sshKey: Check = (value, path) => {
  const [kind = '', data = ''] = String(value).trim().split(/\s+/);
  const wire = Buffer.from(data, 'base64');
  const inner = wire.length > 4 ? wire.subarray(4, 4 + wire.readUInt32BE(0)).toString() : '';
  if (inner === '' || inner !== kind) return `parsing "${path}" as a public key object`;
  if (kind !== 'ssh-rsa' && kind !== 'ssh-ed25519') {
    return `- the provided ${kind} SSH key is not supported. Only RSA and ED25519 SSH keys are supported by Azure`;
  }
  if (kind === 'ssh-rsa') return undefined;
  const x = wire.subarray(4 + kind.length + 4);
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') } });
    return undefined;
  } catch {
    return `parsing "${path}" as a public key object`;
  }
};

export const tagNames: Check = (value) => {
  const tags = value as Values;
  const names = Object.keys(tags);
  if (names.length > 50) return 'a maximum of 50 tags can be applied to each resource';
  const long = names.find((name) => name.length > 512);
  if (long !== undefined) return `the maximum length for a tag key is 512 characters: "${long}"`;
  const wordy = names.find((name) => String(tags[name] ?? '').length > 256);
  return wordy === undefined ? undefined : `the maximum length for a tag value is 256 characters: "${wordy}"`;
};
