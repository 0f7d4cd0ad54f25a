import { HASH_LENGTH } from '../planner';

/** What a physical name is made of; all expressions of Terraform. */
interface HclName {
  readonly readable: string;
  /** @default nothing */
  readonly suffix?: string;
  /** The items of the list that is hashed. */
  readonly seed: readonly string[];
  /** The longest name allowed, characters. */
  readonly max: number;
}

/** The same name as the planner makes of the same parts, as an expression. */
export function hclPhysicalName({ readable, suffix, seed, max }: HclName): string {
  const tail = (suffix === undefined ? 0 : suffix.length + 1) + HASH_LENGTH;
  const whole = `trim(replace(lower(${readable}), "/[^a-z0-9]+/", "-"), "-")`;
  const head = `trim(substr(${whole}, 0, ${max - tail - 1}), "-")`;
  const hash = `substr(sha256(jsonencode([${seed.join(', ')}])), 0, ${HASH_LENGTH})`;
  const parts = [head, ...(suffix === undefined ? [] : [`"${suffix}"`]), hash];
  return `join("-", compact([${parts.join(', ')}]))`;
}
