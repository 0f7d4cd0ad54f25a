import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { pinned } from './expression';
import { terraformValue } from './terraform-text';

/** Tag keys with this prefix are ours: they win over the user's. */
export const RESERVED_TAG_PREFIX = 'privatelink-router:';

/** What every tagged resource of a router says of itself. */
export interface RouterTagsProps {
  /** The router's name in the inventory. */
  readonly router: string;
  /** The environment, where there is one. */
  readonly environment?: string;
  /** The user's tags; they win over ours except under the reserved prefix. */
  readonly tags: Readonly<Record<string, string>>;
  /** True where the cloud takes two names that differ by letter case for one. @default false */
  readonly anyCase?: boolean;
}

/** The tags that all resources of a router share, as one Terraform local. */
export class RouterTags {
  /** The local's reference, `local.tags`. */
  public readonly reference = 'local.tags';

  public constructor(scope: Construct, props: RouterTagsProps) {
    const own = { 'managed-by': 'privatelink-router' };
    const reserved = {
      [`${RESERVED_TAG_PREFIX}router`]: props.router,
      ...(props.environment === undefined ? {} : { [`${RESERVED_TAG_PREFIX}environment`]: props.environment }),
    };
    const merged = [own, props.tags, reserved].reduce((before, after) => mergedTags(before, after, props.anyCase));
    pinned(new TerraformLocal(scope, 'tags', terraformValue(merged)), 'tags');
  }
}

/** Both, `after` over `before`. */
function mergedTags(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  anyCase = false,
): Readonly<Record<string, string>> {
  if (!anyCase) return { ...before, ...after };
  const taken = new Set(Object.keys(after).map((key) => key.toLowerCase()));
  const left = Object.entries(before).filter(([key]) => !taken.has(key.toLowerCase()));
  return { ...Object.fromEntries(left), ...after };
}

/**
 * The tags of one resource as a Terraform expression: a `Name` that the user's own replaces, then the shared tags,
 * then what is known of this resource alone.
 *
 * @param shared the reference of the shared tags, `local.tags`
 * @param name a Terraform expression of the resource's name
 * @param own Terraform expressions by the key's last part: `shard`, `target`
 */
export function resourceTags(shared: string, name: string, own: Readonly<Record<string, string>> = {}): string {
  const extra = Object.entries(own).map(([key, value]) => `"${RESERVED_TAG_PREFIX}${key}" = ${value}`);
  const last = extra.length === 0 ? '' : `, { ${extra.join(', ')} }`;
  return `merge({ Name = ${name} }, ${shared}${last})`;
}
