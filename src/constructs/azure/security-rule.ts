/** Our order of the rules of each direction, within Azure's 100 to 4096. */
const PRIORITY = {
  Inbound: { probes: 100, clients: 110, ssh: 120, metrics: 130, rest: 4096 },
  Outbound: {
    'dns-network': 100,
    'dns-private': 110,
    'dns-servers': 120,
    resolvers: 130,
    targets: 140,
    addresses: 150,
    packages: 160,
    mirror: 170,
    'run-command': 180,
    'outbound-rest': 4096,
  },
} as const;

type Direction = keyof typeof PRIORITY;

/** What a rule says beside its name and place: arguments of the provider. */
type Set = Readonly<Record<string, string | readonly string[]>>;

/** One rule with every argument that the provider knows: it takes the rules as one value, where none may be left out. */
function rule<D extends Direction>(
  direction: D,
  name: keyof (typeof PRIORITY)[D] & string,
  access: 'Allow' | 'Deny',
  set: Set,
): Record<string, unknown> {
  return {
    name,
    description: '',
    priority: PRIORITY[direction][name],
    direction,
    access,
    protocol: 'Tcp',
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

/** What some may ask of the machines. */
export function admitsIn(name: keyof typeof PRIORITY.Inbound, set: Set): Record<string, unknown> {
  return rule('Inbound', name, 'Allow', { destination_address_prefix: '*', ...set });
}

/** What the machines may ask of some. */
export function admitsOut(name: keyof typeof PRIORITY.Outbound, set: Set): Record<string, unknown> {
  return rule('Outbound', name, 'Allow', { source_address_prefix: '*', ...set });
}

const EVERYTHING = {
  protocol: '*',
  source_address_prefix: '*',
  destination_address_prefix: '*',
  destination_port_range: '*',
};

/** Everything else of both directions, behind all that is admitted. */
export const DENIED = [
  rule('Inbound', 'rest', 'Deny', EVERYTHING),
  rule('Outbound', 'outbound-rest', 'Deny', EVERYTHING),
];

/**
 * True for a rule that says where from, where to and which ports, as an expression of `r`: without one of them the rule is
 * refused, and Terraform alone knows how many targets or networks there are.
 */
export const IS_WHOLE = ['source_address_prefix', 'destination_address_prefix', 'destination_port_range']
  .map((one) => `(r.${one} != "" || length(r.${one}${one.endsWith('x') ? 'es' : 's'}) > 0)`)
  .join(' && ');
