/** A path below Azure Resource Manager, read: `/subscriptions/S/resourceGroups/G/providers/N/kind/name/kind/name`. */
export interface ResourceId {
  readonly path: string;
  readonly subscription: string;
  readonly group: string;
  /** `Microsoft.Network/virtualNetworks/subnets`, as the request spelt it. */
  readonly type: string;
  readonly names: readonly string[];
  /** The last name; empty where the path ends with a kind, which is the list of that kind. */
  readonly name: string;
  /** The resource that this one belongs to, where it is a child. */
  readonly parent: string | undefined;
}

/** Reads a path, or undefined where it names no resource of a group. */
export function readId(path: string): ResourceId | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [subscriptions, subscription = '', groups, group = '', providers, namespace = '', ...rest] = parts;
  if (subscriptions?.toLowerCase() !== 'subscriptions' || groups?.toLowerCase() !== 'resourcegroups') return undefined;
  const base = { path: `/${parts.join('/')}`, subscription, group };
  if (providers === undefined) {
    return { ...base, type: 'Microsoft.Resources/resourceGroups', names: [group], name: group, parent: undefined };
  }
  if (providers.toLowerCase() !== 'providers' || namespace === '' || rest.length === 0) return undefined;
  const kinds = rest.filter((_, index) => index % 2 === 0);
  const names = rest.filter((_, index) => index % 2 === 1);
  return {
    ...base,
    type: [namespace, ...kinds].join('/'),
    names,
    name: kinds.length > names.length ? '' : (names.at(-1) ?? ''),
    parent: names.length > 1 || kinds.length > names.length ? parentOf(parts, kinds.length > names.length) : undefined,
  };
}

function parentOf(parts: readonly string[], isList: boolean): string {
  return `/${parts.slice(0, isList ? -1 : -2).join('/')}`;
}

/** The id of a resource's child: `…/loadBalancers/lb/probes/ready`. */
export function childId(parent: string, kind: string, name: string): string {
  return `${parent}/${kind}/${name}`;
}
