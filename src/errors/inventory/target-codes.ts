/** What the inventory is told about targets: PLR12xx. */
export const targetCodes = {
  PLR1201: {
    title: 'Host with a scheme',
    explanation:
      'A host is a name, not a URL: write the name alone, without `https://`, `jdbc:` and the like. The fix names host and port where the URL shows them beyond doubt. User and password have no place in an inventory, and no message repeats them.',
  },
  PLR1202: { title: 'Host with a port', explanation: 'The port has a key of its own, `port:`.' },
  PLR1203: {
    title: 'Wildcard',
    explanation: 'Databricks registers exact names only, and a wildcard cannot be resolved.',
  },
  PLR1204: {
    title: 'Characters in a host',
    explanation:
      'Host names consist of letters, digits, hyphens and dots. Curly quotes, dashes, no-break spaces and the like come from word processors and chats and look right; the message names the character and its code point.',
  },
  PLR1205: {
    title: 'Label of a host',
    explanation:
      'Each part of a host name between two dots has 1 to 63 characters, no hyphen at its edges, and the last part is not a number.',
  },
  PLR1206: { title: 'Host too long', explanation: 'A host name has at most 253 characters.' },
  PLR1207: {
    title: 'Underscore in a domain',
    explanation: 'DNS may resolve a name with an underscore, but Databricks does not register it.',
  },
  PLR1208: {
    title: 'Host of one label',
    explanation: 'A name without a dot means something else on each machine.',
  },
  PLR1209: {
    title: 'IPv6 address',
    explanation: 'A router reaches its targets over IPv4. Use the IPv4 address, or a name that has an A record.',
  },
  PLR1210: {
    title: 'Public address',
    explanation:
      'Targets are private: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10. AWS takes no public address in an ip target group, and a forwarder on Azure is no way to the internet.',
  },
  PLR1211: {
    title: 'Address that is no target',
    explanation: 'Loopback, link-local, metadata, multicast and reserved addresses lead to no database.',
  },
  PLR1212: {
    title: 'Malformed address',
    explanation: 'An IPv4 address is four numbers from 0 to 255 without leading zeros, with dots between them.',
  },
  PLR1213: {
    title: 'International name',
    explanation: 'The name has letters outside ASCII that international domain names do not allow.',
  },
  PLR1214: {
    title: 'International name in its ASCII form',
    explanation:
      'Databricks registers the ASCII form (`xn--…`) of an international name. Clients have to dial that form.',
  },
  PLR1215: {
    title: 'Private-use suffix',
    explanation:
      'Databricks on Azure registers no names under private-use suffixes such as `.internal`; on AWS it is not documented, so test it before you rely on it.',
  },
  PLR1216: {
    title: "Router's own endpoint",
    explanation:
      'The host is the load balancer, endpoint service or Private Link Service of a router, or lies in its own network: connections would go round in circles.',
  },
  PLR1217: {
    title: 'No name to dial',
    explanation:
      'Databricks registers names only. A target with a literal address, or with several hosts, needs the name that clients dial, `domain:`.',
  },
  PLR1218: { title: 'Domain is an address', explanation: 'Databricks registers names only, no addresses.' },
  PLR1219: {
    title: 'Endpoint of another service',
    explanation:
      'The host is an interface endpoint of some endpoint service. It must not be one of this router itself.',
  },
  PLR1221: {
    title: 'Same host and port twice',
    explanation:
      'Two targets of one router reach the same host, or the same hosts, and port; hosts under `backup` do not count, since sessions go to them only while none of the others answers. Clients can share one target, which may have several `domains:`. Two are right only where each has domains of its own, such as those that exceed what one rule takes.',
  },
  PLR1223: {
    title: 'One domain in two routers of one NCC',
    explanation: 'Within one NCC a domain leads to one endpoint. Clients would reach one of the two routers by chance.',
  },
  PLR1224: { title: 'No port', explanation: 'A target needs `port:`, unless its preset has a default one.' },
  PLR1225: {
    title: 'Unknown preset',
    explanation: 'There is no preset of this name. Presets only give defaults; leave it away if none fits.',
  },
  PLR1226: {
    title: 'Protocol that redirects its clients',
    explanation:
      'Clients of this protocol connect to the hosts that the server advertises. Each of those has to be a target, with its own name as domain and its own port as listener port.',
  },
  PLR1227: {
    title: 'Health check slower than its interval',
    explanation: 'The timeout of a health check must not be longer than the interval between two of them.',
  },
  PLR1228: {
    title: 'HTTP settings without HTTP',
    explanation:
      '`path`, `matcher` and `host` have a meaning only where the protocol of the health check is HTTP or HTTPS.',
  },
  PLR1229: {
    title: 'Form of a health check setting',
    explanation: 'The path, the status codes or the host of a health check are malformed.',
  },
  PLR1230: {
    title: 'Idle timeout cuts sessions',
    explanation:
      'The listener closes idle sessions before keep-alives of this protocol, or the endpoint before it, would. Pools then hold dead connections. Raise `idleTimeout`, or set keep-alives that are shorter.',
  },
  PLR1231: {
    title: 'Idle timeout without effect',
    explanation:
      'The interface endpoint in front of the load balancer forgets idle connections after 350 seconds and cannot be set. A longer idle timeout helps nobody who comes that way; set keep-alives under 350 seconds.',
  },
  PLR1232: {
    title: 'Shared domain and verified certificates',
    explanation:
      'Clients that verify the name of the certificate (`verify-full`) need the shared name in the certificate of each target.',
  },
  PLR1234: {
    title: 'Connection string in place of a host',
    explanation:
      'A connection string of a driver stands where a host belongs: settings such as `Server=…;Database=…`, a descriptor of Oracle, `host,1433` of SQL Server, `host:1521/service`. Write the host as `host:` and the port as `port:`; the rest stays with the clients.',
  },
  PLR1235: {
    title: 'Name with SRV records',
    explanation:
      'Drivers look up the SRV records of such a name (`mongodb+srv://`) and connect to the members that they list. Each member is a target with its own host and port; the name itself need not have an address.',
  },
  PLR1236: {
    title: 'Several hosts in one text',
    explanation:
      'A text names one host. Write a target for each host of a list where clients choose among them; where any of them will do, one target has them as `hosts:`, all on one port.',
  },
  PLR1237: {
    title: 'Several ports in one target',
    explanation:
      'A target has one port, and so has a listener: a range or list of ports is as many targets. Each gets a listener port of its own.',
  },
  PLR1238: {
    title: 'Service that needs no router',
    explanation:
      'Serverless compute reaches Azure SQL, Azure Storage and S3 by private endpoint rules for the service itself (`group_id` on Azure, `resource_names` for S3). A router in between costs money and a hop, and may not work: these hosts have public addresses, or redirect their clients.',
  },
  PLR1250: {
    title: 'Kafka on a listener port that is given out',
    explanation:
      'Kafka clients ask one broker and then go on to the host and port that each broker advertises, by default its own. Behind a router that works where each broker advertises the domain and the listener port of its target: set `advertised.listeners` (on MSK `custom.advertised.listeners`; 9000 + broker id is a usual choice) and write the same port as `listenPort`. Where a broker keeps its own port, that port is its `listenPort`.',
  },
  PLR1251: {
    title: 'More domains at a target than a rule takes',
    explanation:
      'All domains of a target lead to one listener, so that they stand in one private endpoint rule, which takes ten (on Azure as many as `limits` state). Write a second target of the same host and port with the rest of the names: it has a listener port of its own.',
  },
  PLR1252: {
    title: 'Health check of several domains',
    explanation:
      'With HTTP or HTTPS the forwarder asks for a name, by default the domain. Of several domains nobody knows which one the target answers to: name it in `healthCheck: { host: … }`.',
  },
  PLR1260: {
    title: 'Path of a target',
    explanation:
      'With `route: http` a target may have a `path`, `/orders`: whole segments of letters, digits and `- . _ ~ : @ + =`, without a slash at the end, and none of dots alone. A request belongs to the longest path that its own begins with, segment by segment: `/orders` has `/orders` and `/orders/7`, and not `/orders-old`.',
  },
  PLR1261: {
    title: 'Key of another route',
    explanation:
      '`path` has a meaning only with `route: http`, and `tls: direct` only with `route: sni`. The path of a health check is a key of `healthCheck`.',
  },
  PLR1262: {
    title: 'Route that cannot read the protocol',
    explanation:
      '`sni` reads the name in the TLS hello, so that clients have to begin with TLS and name the host there; `http` reads requests, which have to come without TLS. The table of [docs/presets.md](presets.md) says which presets can have which route, and why. A target with a listener port of its own (`route: tcp`) passes every protocol.',
  },
  PLR1263: {
    title: 'One name twice on a port',
    explanation:
      'On a shared port the name that clients dial decides which target gets them, and with `route: http` the path below the name. Two targets of one port differ in one of these. Two hosts of which any will do are one target, with `hosts:`.',
  },
  PLR1264: {
    title: 'Two routes on one port',
    explanation:
      'What arrives at a port is read in one way: `sni` reads a TLS hello, `http` requests, and the port of a `tcp` target has room for that one. Give one of the two targets another `listenPort`, or the same route.',
  },
  PLR1265: {
    title: 'Certificate for another name',
    explanation:
      'With `route: sni` nobody opens the TLS: clients see the certificate of the host, and most of them verify that it bears the name which they dialled. Where that `domain` is not the host, the name has to be in the certificate, by itself or by a wildcard.',
  },
} as const;
