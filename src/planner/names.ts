import { createHash } from 'node:crypto';

/** Hexadecimal digits of the hash at the end of a physical name. */
export const HASH_LENGTH = 8;

/** What a physical name is made of. */
export interface NameParts {
  /** What a person should recognise; cut where it is too long. */
  readonly readable: string;
  /** What must stay readable whole, such as a shard's number. @default nothing */
  readonly suffix?: string;
  /** Everything that makes the resource another one; hashed as JSON, so that no two lists of values read the same. */
  readonly seed: readonly unknown[];
  /** The longest name allowed, characters. */
  readonly max: number;
}

/** A name of lower-case letters, digits and single hyphens, none at an edge, that ends in 8 hex digits of the seed's hash. */
export function physicalName({ readable, suffix, seed, max }: NameParts): string {
  const hash = createHash('sha256').update(JSON.stringify(seed)).digest('hex').slice(0, HASH_LENGTH);
  const tail = suffix === undefined ? hash : `${suffix}-${hash}`;
  const head = hyphenated(hyphenated(readable).slice(0, max - tail.length - 1));
  return head === '' ? tail : `${head}-${tail}`;
}

function hyphenated(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
