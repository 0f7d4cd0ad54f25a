/**
 * Keys of other tools, and of Terraform modules of this kind, by the key that says the same here; letter case, hyphens
 * and underscores count for nothing. Keys that differ from ours by a slip need no row.
 */
type Aliases = Readonly<Record<string, readonly string[]>>;

const DRAIN = [
  ...['deregistrationdelay', 'deregistrationdelayseconds', 'deregistration', 'connectiondraining', 'draintimeout'],
  ...['connectiondrainingtimeout', 'drainingtimeout', 'drainseconds', 'draining'],
];

const TARGET: Aliases = {
  host: [
    ...[
      'hostname',
      'hostip',
      'hostaddress',
      'address',
      'addr',
      'ip',
      'ipaddress',
      'ipv4',
      'fqdn',
      'dnsname',
      'endpoint',
    ],
    ...[
      'server',
      'servername',
      'serverhost',
      'serveraddress',
      'url',
      'uri',
      'id',
      'target',
      'targethost',
      'targetip',
      'targetaddress',
    ],
    ...['dbhost', 'databasehost', 'backend', 'backendhost', 'remotehost', 'destination', 'upstream', 'datasource'],
  ],
  port: [
    ...['targetport', 'hostport', 'serverport', 'backendport', 'dbport', 'databaseport', 'remoteport', 'upstreamport'],
    ...['destinationport', 'dstport', 'dport', 'toport', 'tcpport', 'portnumber'],
  ],
  listenPort: [
    ...[
      'listener',
      'listenerport',
      'listeningport',
      'listenon',
      'frontendport',
      'frontport',
      'localport',
      'clientport',
    ],
    ...['exposedport', 'publicport', 'nlbport', 'lbport', 'fromport', 'srcport', 'proxyport'],
  ],
  domain: [
    'domainname',
    'cname',
    'dnsalias',
    'publicname',
    'privatedns',
    'privatednsname',
    'clienthost',
    'registeredname',
  ],
  domains: ['domainnames', 'dnsnames', 'dnsaliases', 'publicnames', 'cnames', 'registerednames', 'names'],
  preset: ['type', 'kind', 'engine', 'dbtype', 'dbengine', 'databasetype', 'service', 'driver', 'technology'],
  route: ['routing', 'routeby', 'routingmode', 'routetype', 'snirouting', 'matchby'],
  path: ['pathprefix', 'prefix', 'urlpath', 'basepath', 'pathpattern', 'contextpath', 'location', 'paths'],
  tls: ['ssl', 'tlsmode', 'sslmode', 'sslnegotiation', 'tlsnegotiation', 'starttls'],
  healthCheck: ['probe', 'check', 'health', 'healthcheckconfig', 'healthprobe'],
  securityGroupIds: ['securitygroups', 'securitygroup', 'sg', 'sgs', 'sgids', 'securitygroupid'],
  idleTimeout: ['timeout', 'tcpidletimeout', 'connectiontimeout'],
  maxConnections: ['maxconn', 'maxconns', 'connectionlimit', 'maxsessions', 'connections'],
  drain: DRAIN,
};

const ROUTER: Aliases = {
  targets: [
    'targetendpoints',
    'endpoints',
    'databases',
    'hosts',
    'servers',
    'services',
    'backends',
    'serviceconfig',
    'upstreams',
    'listeners',
  ],
  healthCheck: ['healthcheckconfig', 'healthchecks', 'probe'],
  drain: DRAIN,
  resolvers: ['nameservers', 'dnsservers', 'nameserver', 'dnsserver'],
};

const TOP: Aliases = { routers: ['router', 'deployments', 'stacks'], databricks: ['account', 'databricksaccount'] };

/** The key of ours that a key of other tools means, in a map at this depth; undefined where there is none. */
export function keyMeant(place: 'top' | 'router' | 'target', key: string): string | undefined {
  const plain = key.toLowerCase().replace(/[-_\s]/g, '');
  return Object.entries(KEY_ALIASES[place]).find(([, words]) => words.includes(plain))?.[0];
}

export const KEY_ALIASES: Readonly<Record<'top' | 'router' | 'target', Aliases>> = {
  top: TOP,
  router: ROUTER,
  target: TARGET,
};
