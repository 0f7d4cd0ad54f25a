/** The codes of inventory/: 10xx files and documents, 11xx shape, 12xx targets, 13xx routers, 14xx tags and limits, 16xx Azure and its forwarder. */
export const inventoryCodes = {
  PLR1001: {
    title: 'No such file',
    explanation: 'The inventory that was named does not exist. Check the name and the folder that the command runs in.',
  },
  PLR1002: { title: 'Not a file', explanation: 'An inventory is one file. Name the file inside the folder.' },
  PLR1003: {
    title: 'File cannot be read',
    explanation: 'The system refused to read the file. The message says why; usually its permissions are at fault.',
  },
  PLR1004: {
    title: 'Neither UTF-8 nor UTF-16',
    explanation:
      'Inventories are UTF-8 text, with or without a byte order mark; UTF-16, as Windows PowerShell writes it, is read too. Save the file as UTF-8.',
  },
  PLR1005: {
    title: 'File too large',
    explanation: 'A file of more than 4 MiB is no inventory that a person wrote. Split it into several inventories.',
  },
  PLR1006: { title: 'Empty file', explanation: 'The file holds nothing but spaces and comments. Write an inventory.' },
  PLR1007: {
    title: 'Not valid YAML or JSON',
    explanation:
      'The text cannot be read as YAML 1.2 (or as JSON, where the file is called `.json`). Only the first such place is reported, since everything after it may be misread.',
  },
  PLR1008: { title: 'Tab as indentation', explanation: 'YAML indents with spaces. Replace the tab.' },
  PLR1009: {
    title: 'Several documents',
    explanation: 'A `---` begins a second document. An inventory is one document: use one file for each.',
  },
  PLR1010: {
    title: 'Key stands twice',
    explanation:
      'One map has the same key twice. Most readers of YAML let the second win in silence, and a target would be lost; here it is an error.',
  },
  PLR1011: {
    title: 'Unknown alias',
    explanation:
      'An alias (`*name`) needs an anchor (`&name`) that is complete before it. A text that begins with `*` needs quotes.',
  },
  PLR1012: {
    title: 'Aliases unfold without end',
    explanation: 'Aliases of aliases multiply. What they unfold to is far larger than any inventory.',
  },
  PLR1013: {
    title: 'Tag or directive without meaning',
    explanation: 'Inventories are plain YAML 1.2: no tags such as `!include`, no `%` directives, no YAML 1.1.',
  },
  PLR1014: {
    title: 'Key is not a text',
    explanation: 'Keys of an inventory are plain texts, no lists, maps or aliases.',
  },
  PLR1015: {
    title: 'Merge key without a map',
    explanation: 'The merge key `<<` lays a map, or each map of a list, into the map that it stands in.',
  },
  PLR1016: {
    title: 'Merge key hides a target',
    explanation:
      'A merge key brings a router or target whose name the map has already, with another value. The own one wins; if both are meant, give one of them another name.',
  },
  PLR1017: { title: 'Nested too deeply', explanation: 'No inventory has that many levels. Remove the needless ones.' },
  PLR1018: {
    title: 'No overlay of this environment',
    explanation:
      'With `--env NAME` the file `<inventory>.NAME.<ending>` beside the inventory is laid over it. It has to exist, even if it only says `{}`.',
  },
  PLR1019: {
    title: 'Name of an environment',
    explanation:
      'An environment is named with lower-case letters, digits and hyphens, at most 63 characters, since files and cloud resources carry its name. `lock` is taken by the lock file.',
  },
  PLR1020: {
    title: 'Overlay removes nothing',
    explanation:
      'The overlay sets a key to `null`, which removes it, but the inventory has no such key. Perhaps it is misspelt.',
  },
  PLR1021: { title: 'Not a map', explanation: 'An inventory begins with keys such as `version: 1` and `routers:`.' },
  PLR1022: {
    title: 'Overlay with another ending',
    explanation:
      'An overlay has the ending of its inventory: beside `privatelink-router.yaml` it is `privatelink-router.NAME.yaml`, and a `privatelink-router.NAME.yml` is not read. Rename it.',
  },
  PLR1023: {
    title: 'Space that indents nothing',
    explanation:
      'A no-break space, or another space of Unicode, stands where a line is indented. YAML takes it for the first character of the text. It comes along when text is copied out of a page or a chat: replace it by plain spaces.',
  },
  PLR1024: {
    title: 'The inventory holds a merge conflict',
    explanation:
      'Two branches changed the same lines and git could not decide, so that it left both with its markers (`<<<<<<<`, `=======`, `>>>>>>>`). Keep the lines that are meant, delete the markers, and let `privatelink-router check` read the result.',
  },

  PLR1101: {
    title: 'Unknown key',
    explanation: 'The inventory has no such key in this place. Nothing is ignored in silence: correct or remove it.',
  },
  PLR1102: {
    title: 'Missing key',
    explanation: 'A key that is needed is not there. The place is the map that lacks it.',
  },
  PLR1103: {
    title: 'Wrong kind of value',
    explanation:
      'A text, number, list or map stands where something else is expected. Texts that look like numbers need quotes.',
  },
  PLR1104: { title: 'Number out of range', explanation: 'The number is smaller or larger than what is allowed here.' },
  PLR1105: {
    title: 'Not one of the allowed values',
    explanation: 'The key takes one of a few words. The message lists them.',
  },
  PLR1106: {
    title: 'Key without a value',
    explanation:
      'Nothing stands after the colon (or `null`). Write a value or remove the key. Only an overlay removes with `null`.',
  },
  PLR1107: {
    title: 'Empty text',
    explanation: 'A text is empty or consists of spaces. Write a value or remove the key.',
  },
  PLR1108: {
    title: 'Not available yet',
    explanation:
      'The key or value is part of the design but of a later version. This version refuses it rather than ignore it.',
  },
  PLR1109: {
    title: 'Name of a router or target',
    explanation:
      'Routers and targets are named with lower-case letters, digits and hyphens, a letter first, at most 63 characters, since addresses in Terraform carry the name.',
  },
  PLR1110: {
    title: 'Keys that exclude each other',
    explanation: 'Of these keys exactly one (or at most one) may stand.',
  },
  PLR1111: {
    title: 'Short form',
    explanation:
      'The short form of a target is one text, `host:port`. Everything else is written as a map with `host:` and `port:`.',
  },
  PLR1112: {
    title: 'Number that is not plain',
    explanation:
      'Numbers are whole and written in plain decimal digits. Leading zeros, exponents, hexadecimal notation and fractions mean different things to different readers.',
  },
  PLR1113: { title: 'Nothing listed', explanation: 'A map or list that needs at least one entry is empty.' },
  PLR1114: { title: 'Listed twice', explanation: 'The same value stands twice in one list. Remove one.' },
  PLR1115: { title: 'Version of the inventory', explanation: 'This program reads inventories of version 1.' },
  PLR1116: {
    title: 'Number of characters or form of a text',
    explanation: 'The text is too long or has characters that are not allowed here.',
  },

  PLR1117: {
    title: 'More mistakes than can be listed',
    explanation: 'One part of the inventory holds so many mistakes that they have one cause. The place is the part.',
  },
  PLR1118: {
    title: 'Key or value of the other cloud',
    explanation:
      'AWS and Azure call some things by other names, and have some that the other does not. The message says what this cloud has instead.',
  },

  PLR1119: {
    title: 'Protocol of a target',
    explanation:
      'The listeners of a router are TCP, and a target says nothing of it. TLS, HTTP and every protocol over TCP pass through; UDP does not. The protocol of the health check has its own key, `healthCheck: { protocol: HTTPS }`.',
  },
  PLR1120: {
    title: 'No space after a colon',
    explanation:
      'YAML takes `port:5432` for one text. Write `port: 5432`, with a plain space after the colon; a no-break space is none.',
  },
  PLR1121: {
    title: 'Former name of a key',
    explanation:
      'The key had this name in an earlier version. It is read as the key that the message names; write that one, so that readers find it in the documentation. `deregistrationDelay`, which was of AWS alone, is `drain`, which holds on both clouds.',
  },

  PLR1201: {
    title: 'Host with a scheme',
    explanation:
      'A host is a name, not a URL: write the name alone, without `https://`, `jdbc:` and the like. The fix names host and port where the URL shows them beyond doubt. User and password have no place in an inventory, and no message repeats them.',
  },
  PLR1202: { title: 'Host with a port', explanation: 'The port has a key of its own, `port:`.' },
  PLR1203: {
    title: 'Wildcard',
    explanation:
      'Databricks registers exact names only, and a wildcard cannot be resolved. List each host as a target.',
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
    explanation:
      'DNS may resolve a name with an underscore, but Databricks does not register it. Give the target a `domain:` of its own.',
  },
  PLR1208: {
    title: 'Host of one label',
    explanation: 'A name without a dot means something else on each machine. Write the fully qualified name.',
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
      'Databricks on Azure registers no names under private-use suffixes such as `.internal`; on AWS it is not documented, so test it before you rely on it. Or give the target a `domain:` under a public suffix.',
  },
  PLR1216: {
    title: "Router's own endpoint",
    explanation:
      'The host is the load balancer, endpoint service or Private Link Service of a router, or lies in its own network: connections would go round in circles.',
  },
  PLR1217: {
    title: 'Literal address without a domain',
    explanation:
      'Databricks registers names only. A target with a literal address needs the name that clients dial, `domain:`.',
  },
  PLR1218: { title: 'Domain is an address', explanation: 'Databricks registers names only, no addresses.' },
  PLR1219: {
    title: 'Endpoint of another service',
    explanation:
      'The host is an interface endpoint of some endpoint service. It must not be one of this router itself.',
  },
  PLR1221: {
    title: 'Same host and port twice',
    explanation: 'Two targets of one router reach the same host and port. Clients can share one target.',
  },
  PLR1222: {
    title: 'Same listener port twice',
    explanation: 'Two targets of one router ask for the same `listenPort`. A port leads to one target only.',
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
  PLR1233: {
    title: 'Rename that cannot be',
    explanation: 'The old name of a target still stands in the inventory, is claimed twice, or is its own.',
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
    title: 'Several hosts in one target',
    explanation: 'A target has one host and one port. Write a target for each host of a list.',
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

  PLR1301: {
    title: 'Unknown region',
    explanation:
      "The region is not in the table of AWS regions that Databricks runs in, or the location not in that of Azure's public ones. A new one is added with `limits: { regions: [name] }`.",
  },
  PLR1302: {
    title: 'GovCloud',
    explanation:
      '`govcloud: civilian` or `dod` says which Databricks a router in a us-gov region belongs to; elsewhere it has no meaning.',
  },
  PLR1303: {
    title: 'AWS account id',
    explanation: 'An AWS account id has 12 digits. In quotes, so that no leading zero is lost.',
  },
  PLR1304: {
    title: 'Id of an AWS resource',
    explanation: 'The id does not have the form that AWS gives to resources of this kind.',
  },
  PLR1305: {
    title: 'One subnet only',
    explanation:
      'With one subnet the router stands in one availability zone and falls with it. Name one in each of two or three zones.',
  },
  PLR1306: { title: 'Role ARN', explanation: 'The ARN of a role looks like `arn:aws:iam::123456789012:role/name`.' },
  PLR1307: {
    title: 'Role of another account',
    explanation: "Terraform works in the account of the role; it has to be the router's own account and partition.",
  },
  PLR1308: {
    title: 'Name server',
    explanation:
      'A resolver is an IPv4 or IPv6 address, with a port where it is not 53. On Azure the forwarders ask it: it has an IPv4 address of another machine. A loopback address is that of the cache on each forwarder, which would ask itself; nothing answers at link-local, multicast and reserved addresses.',
  },
  PLR1309: {
    title: 'Resolvers without use',
    explanation:
      '`resolvers` are asked for `dns: synth` only. With `dns: plan` Terraform asks the machine that it runs on.',
  },
  PLR1310: {
    title: 'Databricks account id',
    explanation: 'The id of a Databricks account is a UUID, shown at the top right of the account console.',
  },
  PLR1311: {
    title: 'Host of the account console',
    explanation:
      'Rules and NCCs belong to the account: `databricks.host` is the address of the account console, not of a workspace. Each cloud has its own; a router may have `databricks:` of its own.',
  },
  PLR1312: {
    title: 'Name of an NCC',
    explanation: 'An NCC is named with 3 to 30 letters, digits, hyphens and underscores.',
  },
  PLR1313: {
    title: 'Id of an NCC',
    explanation: 'The id of an NCC is a UUID, without the account id that Terraform puts before it.',
  },
  PLR1314: {
    title: 'Workspace id',
    explanation: 'A workspace id is a whole number, the one after `o=` in the address of the workspace.',
  },
  PLR1315: {
    title: 'Workspace bound twice',
    explanation: 'A workspace has one NCC. A second binding silently replaces the first.',
  },
  PLR1316: { title: 'Too many workspaces', explanation: 'One NCC takes a limited number of workspaces.' },
  PLR1317: {
    title: 'Same NCC in two routers',
    explanation: 'Two routers would create the same NCC. Let one create it and give its `id` to the other.',
  },
  PLR1318: {
    title: 'NCC in two regions',
    explanation: 'An NCC belongs to one region; routers that share it by id stand in that region.',
  },
  PLR1319: { title: 'No workspace', explanation: 'Nobody uses an NCC that no workspace is bound to.' },
  PLR1320: {
    title: 'No target',
    explanation:
      'A router without targets makes nothing that anybody could reach. To take a router away, use `teardown`.',
  },
  PLR1321: {
    title: 'Two routers with one folder',
    explanation:
      'The stack of router `a` in environment `b` is called `a-b`, as is router `a-b` without one. Folder, physical names and state would collide.',
  },
  PLR1322: { title: 'Name of a shard', explanation: 'Shards are named `s1`, `s2` and so on, as `plan` shows them.' },
  PLR1323: {
    title: 'Two stacks with one state',
    explanation:
      'Two routers or environments would write the same Terraform state. Put `{router}` and `{env}` into the key of the backend.',
  },
  PLR1324: {
    title: 'Placeholder of a backend',
    explanation:
      'The backend knows the placeholders `{env}` and `{router}`. Another word in braces would stay as it is.',
  },
  PLR1325: { title: 'Unknown backend', explanation: 'Terraform has no backend of this name.' },
  PLR1326: {
    title: 'Value of a backend',
    explanation: 'The configuration of a backend consists of texts, numbers, booleans, lists and maps.',
  },
  PLR1327: {
    title: 'One account for two clouds',
    explanation:
      'An account of Databricks belongs to one cloud, so that one of the two routers names the wrong one. Give a router `databricks:` of its own.',
  },
  PLR1328: {
    title: 'Region where Databricks cannot connect',
    explanation:
      'AWS has partitions and Azure has clouds that share nothing with the public one: China (`cn-*`), the isolated regions (`us-iso*`, `us-isob*`, `us-isof*`, `eu-isoe*`), the European Sovereign Cloud (`eusc-*`), Azure Government and Azure in China. Databricks documents no role for private connectivity and no account console there, and in GovCloud a role of us-gov-west-1 only. The table is in docs/limits.md; `limits.regions` cannot add what the role of another partition would be.',
  },
  PLR1329: {
    title: 'Workspace bound in two environments',
    explanation:
      'Two environments bind one workspace to different NCCs. A workspace has one: the environment that is applied last takes it from the other in silence, and what runs there no longer reaches the routers of the first. Each environment has workspaces of its own, in its overlay. Where one environment names an NCC by `id` and the other makes one by `name`, the files do not show whether they are one, and this is a warning.',
  },
  PLR1330: {
    title: 'One NCC made in two environments',
    explanation:
      'Two environments would make an NCC of one name in one region and account, each in a state of its own. Give it another name in each overlay, or let one environment make it and the others use it by `id`. Only `check --all-envs` tells this.',
  },
  PLR1331: {
    title: 'Inventory that could be deployed beside its overlays',
    explanation:
      'The inventory is complete without an overlay and has no lock of its own, so that `synth` without `--env` would make one more deployment by accident, with a lock, a state and load balancers of its own. Keep in the inventory what all environments share, and let the overlays say the rest. Only `check --all-envs` tells this.',
  },
  PLR1332: {
    title: 'Security group with the own account before it',
    explanation:
      '`ACCOUNT/sg-…` is how AWS writes a security group of another account. With the account of the router itself Terraform makes the rule, and the id stands alone.',
  },
  PLR1333: {
    title: 'Security group of another account',
    explanation:
      'Terraform works in the account of the router, so it makes no rule in a security group of another one. The output `foreign_security_group_commands` has a command of the AWS CLI for the owner of each such group; as long as nobody has run it, connections to the target time out.',
  },

  PLR1401: {
    title: 'Reserved tag',
    explanation:
      'AWS keeps keys that begin with `aws:`, Azure those with `microsoft`, `azure` or `windows`, this program those with `privatelink-router:`.',
  },
  PLR1402: { title: 'Tag too long', explanation: 'AWS and Azure limit the length of the keys and values of tags.' },
  PLR1403: {
    title: 'Characters in a tag',
    explanation:
      'On AWS tags take letters, digits, spaces and `_ . : / = + - @`; on Azure a key takes no `< > % & \\\\ ? /`. A tag of the whole inventory has to fit every cloud of its routers.',
  },
  PLR1404: {
    title: 'Too many tags',
    explanation: "A resource takes a limited number of tags, the router's own included.",
  },
  PLR1405: {
    title: 'Tags that differ by letter case',
    explanation:
      'To Azure two keys that differ by letter case only are one tag, and each apply would write it anew. Keep one of the two.',
  },
  PLR1411: {
    title: 'Unknown limit',
    explanation: '`limits` has no such key. The page of limits lists those that can be stated.',
  },
  PLR1412: {
    title: 'Limit that nobody raises',
    explanation: 'The provider does not raise this limit, so that a higher value would only fail later.',
  },
  PLR1413: {
    title: 'Limit exceeded',
    explanation: 'What the inventory asks for, with what is used already, is more than the provider allows.',
  },

  PLR1414: {
    title: 'Expression in a backend',
    explanation:
      'Terraform reads the backend before variables, and takes no expression there; `${…}` and the templates of other tools would become part of the name of the state. Use the placeholders `{env}` and `{router}`, and overlays for everything else.',
  },

  PLR1601: {
    title: 'Id of a subscription or tenant',
    explanation: 'Subscriptions and tenants of Azure are named by their ids, which are UUIDs.',
  },
  PLR1602: {
    title: 'Name of a resource group',
    explanation:
      'A resource group that exists is named by its name: at most 90 letters, digits and `_ ( ) . -`, without a dot at the end.',
  },
  PLR1603: {
    title: 'Id of a subnet',
    explanation:
      'The id of a subnet of Azure is `/subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Network/virtualNetworks/NAME/subnets/NAME`, its fixed words in these letters. It must not be a subnet that Azure keeps for a service of its own.',
  },
  PLR1604: {
    title: 'Subnets that do not belong together',
    explanation:
      'Machines and NAT addresses stand in two subnets of one virtual network, and the router in its subscription.',
  },
  PLR1605: {
    title: 'Visibility and automatic approval',
    explanation:
      'Whoever is approved has to see the Private Link Services first. Visibility for all (`*`) lets nobody in: a connection waits for approval all the same.',
  },
  PLR1606: {
    title: 'Network in CIDR notation',
    explanation:
      'A network is an IPv4 address, a slash and the length of the prefix, and no bit behind the prefix is set. A network of our own is private and has a prefix of /16 to /26.',
  },
  PLR1607: {
    title: 'Logins or metrics for everybody',
    explanation:
      'Port 22 is never opened to every address, and the metrics are for private networks alone. Name the networks of the people who log in, or of the scrapers.',
  },
  PLR1608: {
    title: 'Availability zones',
    explanation: 'Zones of Azure are "1", "2" and "3", and some locations have none.',
  },
  PLR1609: {
    title: 'No spare availability zone',
    explanation: 'Machines in one zone, or in none, may all fail at once. Leave `zones` away for all three.',
  },
  PLR1610: {
    title: 'Two NAT gateways for one subnet',
    explanation:
      'With `egress: nat` a router makes a NAT gateway for its subnet, and a subnet has one. Give each router a subnet of its own, or another `egress`.',
  },
  PLR1611: {
    title: 'Listener port that is not to be had on Azure',
    explanation:
      'Some ports belong to the forwarder machines themselves, and Azure takes no 65535 at the front. Choose another `listenPort`.',
  },
  PLR1612: {
    title: 'Number of machines',
    explanation: 'One machine is no spare for itself, and a network of our own has room for so many only.',
  },
  PLR1613: {
    title: 'Size of the machines',
    explanation:
      'A size is written as Azure has it, such as `Standard_D2s_v5`, and its processors have to be those that the image is made for. Every forwarder starts with Trusted Launch (Secure Boot and a virtual TPM), which the A-series, Dv2, Dv3, confidential sizes and the Arm sizes of the fifth version lack, and needs a minimum of memory. Sizes that are not known here pass.',
  },
  PLR1614: {
    title: 'Id of an image',
    explanation: 'An image is one of the own images, or one of a gallery, with or without a version.',
  },
  PLR1615: {
    title: 'Image that the machines are not set up for',
    explanation:
      'The machines are set up by cloud-init and apt, as Debian and Ubuntu have them, and start with Secure Boot, for which an image of the second generation is needed. An image without apt, of Windows or of the first generation is refused; of a publisher that is not known here, a warning says so.',
  },
  PLR1616: {
    title: 'The engine comes from nowhere',
    explanation:
      '`egress: none` needs an engine that the stock image has, `egress: image` an image of your own that has the engine. Otherwise the machines would wait for a package that never comes.',
  },
  PLR1617: {
    title: 'SSH key',
    explanation:
      'Azure takes public keys of the types RSA (2048 bits and more) and ed25519, in one line as OpenSSH writes them. A private key has no place in an inventory.',
  },
  PLR1618: {
    title: 'Mirror',
    explanation:
      'A mirror is an http or https address without name, password or anything that means something to a shell. Its `signingKey` is the public half of an OpenPGP key in armour, its `caCertificate` one or several certificates in PEM, of use with https alone. A private key is refused in either, and never repeated.',
  },
  PLR1619: {
    title: 'Logins from nowhere',
    explanation:
      'Port 22 of the machines is open to the networks of `ssh.from` alone; without any, a key admits nobody. Name the networks, or remove `ssh`, so that no SSH server runs.',
  },
  PLR1620: {
    title: 'Automatic image upgrades of an image that never changes',
    explanation:
      'With `imageUpgrades` Azure brings each new version of an image to the machines. The image must be able to have one: of the marketplace with the version `latest`, or of a gallery without a version in its id. Of the marketplace Azure upgrades the images on its list only; where the image is not there as it is known here, a warning says so.',
  },
  PLR1621: {
    title: 'Something that the engine cannot do',
    explanation:
      'The engines differ: the open versions of nginx and nftables ask no target for its health, and nftables has one idle time for all. `plan` shows what an engine lacks. Remove the key, or use another engine.',
  },
  PLR1622: {
    title: 'Engine without keep-alives',
    explanation:
      'Private Link cuts sessions that are idle for four to five minutes. HAProxy and nginx send keep-alives on both sides; with nftables client or server have to.',
  },
  PLR1627: {
    title: 'Maintenance window',
    explanation:
      'In the window machines restart for security updates, one after the other, each for ten minutes at most: an hour has turns for five machines, four hours for 23; of more machines some have theirs together. Machines with `egress: image` or `none` reach no archive, so nothing is ever installed on them; their updates come with the next image.',
  },
  PLR1628: {
    title: 'More connections than the memory of the machines holds',
    explanation:
      'Every machine finds out by its memory how many sessions it can keep, and lets one target have four fifths of them. `maxConnections` can be less than that, never more: docs/sizing.md has the figures.',
  },
} as const;
