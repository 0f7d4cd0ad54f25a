import type { ForwarderRule } from '../../flows';

/** What a rule says beside its name and place: arguments of the provider. */
type Set = Readonly<Record<string, string | readonly string[]>>;

/** The provider's words of a rule's protocol. */
const PROTOCOLS: Readonly<Record<ForwarderRule['protocol'], string>> = { tcp: 'Tcp', any: '*' };

/** Behind everything that is admitted; Azure's last. */
const LAST = 4096;

/** Whom a rule is about: a service tag or a single expression of one address, or a list. */
export type Addresses = { readonly prefix: string } | { readonly prefixes: string | readonly string[] };

/** One rule with every argument that the provider knows: it takes the rules as one value, where none may be left out. */
function rule(
  direction: ForwarderRule['direction'],
  name: string,
  access: 'Allow' | 'Deny',
  priority: number,
  set: Set,
): Record<string, unknown> {
  return {
    name,
    description: '',
    priority,
    direction,
    access,
    protocol: '*',
    source_port_range: '*',
    source_port_ranges: [],
    source_address_prefix: '',
    source_address_prefixes: [],
    source_application_security_group_ids: [],
    destination_port_range: '',
    destination_port_ranges: [],
    destination_address_prefix: '',
    destination_address_prefixes: [],
    destination_application_security_group_ids: [],
    ...set,
  };
}

/** A rule that admits something: inward from its peer to the machines, outward from the machines to its peer. */
export function admits(
  { direction, name, priority, protocol }: ForwarderRule,
  peer: Addresses,
  ports: string | readonly string[],
): Record<string, unknown> {
  const [theirs, ours] = direction === 'Inbound' ? ['source', 'destination'] : ['destination', 'source'];
  return rule(direction, name, 'Allow', priority, {
    protocol: PROTOCOLS[protocol],
    [`${ours}_address_prefix`]: '*',
    ...('prefix' in peer
      ? { [`${theirs}_address_prefix`]: peer.prefix }
      : { [`${theirs}_address_prefixes`]: peer.prefixes }),
    destination_port_ranges: ports,
  });
}

const EVERYTHING = { source_address_prefix: '*', destination_address_prefix: '*', destination_port_range: '*' };

/** Everything else of both directions, behind all that is admitted. */
export const DENIED = [
  rule('Inbound', 'rest', 'Deny', LAST, EVERYTHING),
  rule('Outbound', 'outbound-rest', 'Deny', LAST, EVERYTHING),
];

/**
 * True for a rule that says where from, where to and which ports, as an expression of `r`: without one of them the rule is
 * refused, and Terraform alone knows how many targets or networks there are.
 */
export const IS_WHOLE = ['source_address_prefix', 'destination_address_prefix', 'destination_port_range']
  .map((one) => `(r.${one} != "" || length(r.${one}${one.endsWith('x') ? 'es' : 's'}) > 0)`)
  .join(' && ');
