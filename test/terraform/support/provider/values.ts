import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';

/** A value that is known only after apply. */
class Unknown {}
export const UNKNOWN = new Unknown();

/** Terraform's values as it sends them: objects, lists, strings, numbers, booleans, null, and unknown ones. */
export type Value =
  | null
  | undefined
  | string
  | number
  | boolean
  | Unknown
  | readonly Value[]
  | { [key: string]: Value };
export type Values = { [key: string]: Value };

/** One value on the wire. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

const extensionCodec = new ExtensionCodec();
// cty's extensions: 0 is an unknown value, 12 one with refinements, which a provider may ignore.
extensionCodec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** The object in a wire value, or undefined for null. */
export function read(value: DynamicValue | null | undefined): Values | undefined {
  if (value?.msgpack !== undefined && value.msgpack.length > 0) {
    return (decode(value.msgpack, { extensionCodec }) ?? undefined) as Values | undefined;
  }
  if (value?.json !== undefined && value.json.length > 0) {
    return (JSON.parse(Buffer.from(value.json).toString('utf8')) ?? undefined) as Values | undefined;
  }
  return undefined;
}

export function write(values: Values | undefined): DynamicValue {
  return { msgpack: encode(values ?? null, { extensionCodec }) };
}

export function isUnknown(value: Value): boolean {
  return value instanceof Unknown;
}

export function isSet(value: Value): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Equality of what would stand in the state. */
export function same(left: Value, right: Value): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: Value): string {
  if (value instanceof Unknown) return '?';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value !== null && typeof value === 'object') {
    const object = value as Values;
    const pairs = Object.keys(object).sort();
    return `{${pairs.map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`).join()}}`;
  }
  return JSON.stringify(value ?? null);
}
