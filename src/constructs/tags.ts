import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { expression, pinned } from './expression';
import { terraformValue } from './terraform-text';
import { asTerm, Reference, type ValueOrRef } from './value-or-ref';

/** Tag keys with this prefix are ours: they win over the user's. */
export const RESERVED_TAG_PREFIX = 'privatelink-router:';

/** What every tagged resource of a router says of itself. */
export interface RouterTagsProps {
  /** The router's name in the inventory. */
  readonly router: ValueOrRef<string>;
  /** The environment, where there is one. */
  readonly environment?: string;
  /** The user's tags; they win over ours except under the reserved prefix. */
  readonly tags: ValueOrRef<Readonly<Record<string, string>>>;
  /** True where the cloud takes two names that differ by letter case for one. @default false */
  readonly anyCase?: boolean;
}

/** The tags that all resources of a router share, as one Terraform local. */
export class RouterTags {
  /** The local's reference, `local.tags`. */
  public readonly reference = 'local.tags';

  public constructor(scope: Construct, props: RouterTagsProps) {
    pinned(new TerraformLocal(scope, 'tags', sharedTags(props)), 'tags');
  }
}

/** What every resource has of its own, unless the user's tags say otherwise. */
const OWN = { 'managed-by': 'privatelink-router' };

function sharedTags({ router, environment, tags, anyCase }: RouterTagsProps): unknown {
  if (router instanceof Reference || tags instanceof Reference) {
    const reserved = [`"${RESERVED_TAG_PREFIX}router" = ${asTerm(router)}`];
    if (environment !== undefined) reserved.push(`"${RESERVED_TAG_PREFIX}environment" = ${asTerm(environment)}`);
    return expression(mergedExpression(tags, `{ ${reserved.join(', ')} }`, anyCase));
  }
  const reserved = {
    [`${RESERVED_TAG_PREFIX}router`]: router,
    ...(environment === undefined ? {} : { [`${RESERVED_TAG_PREFIX}environment`]: environment }),
  };
  return terraformValue([OWN, tags, reserved].reduce((before, after) => mergedTags(before, after, anyCase)));
}

/** The same as `mergedTags` twice, where only Terraform knows the user's tags; none of them has our prefix. */
function mergedExpression(tags: RouterTagsProps['tags'], reserved: string, anyCase = false): string {
  const users = tags instanceof Reference ? tags.terraform : JSON.stringify(terraformValue(tags));
  const own = JSON.stringify(OWN);
  if (!anyCase) return `merge(${own}, ${users}, ${reserved})`;
  const left = `{ for key, value in ${own} : key => value if !contains([for taken in keys(${users}) : lower(taken)], lower(key)) }`;
  return `merge(${left}, ${users}, ${reserved})`;
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
 * then the user's of this resource alone, then what is known of it.
 *
 * @param shared the reference of the shared tags, `local.tags`
 * @param name a Terraform expression of the resource's name
 * @param own Terraform expressions by the key's last part: `shard`, `target`
 * @param users a Terraform expression of the tags that the user gave this resource alone
 */
export function resourceTags(
  shared: string,
  name: string,
  own: Readonly<Record<string, string>> = {},
  users?: string,
): string {
  const extra = Object.entries(own).map(([key, value]) => `"${RESERVED_TAG_PREFIX}${key}" = ${value}`);
  const last = extra.length === 0 ? '' : `, { ${extra.join(', ')} }`;
  return `merge({ Name = ${name} }, ${shared}${users === undefined ? '' : `, ${users}`}${last})`;
}
