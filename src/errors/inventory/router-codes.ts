/** What the inventory is told about routers, accounts, networks and tags: PLR13xx and PLR14xx. */
export const routerCodes = {
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
    explanation: 'With one subnet the router stands in one availability zone and falls with it.',
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
    explanation:
      'Two routers would create the same NCC. Let one create it, and let the other use it: `ncc: { router: NAME }`.',
  },
  PLR1318: {
    title: 'NCC in two regions or accounts',
    explanation: 'An NCC belongs to one region of one Databricks account; routers that share it are of both.',
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
  PLR1334: {
    title: 'Not the router that makes the NCC',
    explanation:
      '`ncc: { router: NAME }` takes the NCC that another router of the inventory makes by `ncc: { name: … }`. It cannot be the router itself, nor one that takes its own NCC from elsewhere: give this router the same `id`, `existing` or `router` then. `existing` is for an NCC that no router of the inventory makes.',
  },
  PLR1335: {
    title: 'Router that would leave before those that share its NCC',
    explanation:
      'Routers that use the NCC of another router are taken away before it, each step: otherwise Terraform would forget the NCC while others depend on it, and nobody would keep the list of its workspaces. A router that stays takes the NCC by its name, `ncc: { existing: NAME }`.',
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
    explanation: 'To Azure two keys that differ by letter case only are one tag, and each apply would write it anew.',
  },
  PLR1406: {
    title: 'Owner or description that may hold a credential',
    explanation:
      'The owner and the description of a target stand in plans, comments of pull requests, outputs and tags. A text with the signs of a connection string or token is refused: `=`, `@` outside of an e-mail address, a word such as password or token before a colon.',
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
} as const;
