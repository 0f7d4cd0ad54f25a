/** The codes of planner/. */
export const plannerCodes = {
  PLR2001: {
    title: 'A router of the lock is missing from the inventory',
    explanation:
      'Its load balancers, endpoint services and rules still exist. Put the router back with `teardown: prepare`, apply, then set `teardown: destroy` and apply again; after that it may leave the inventory.',
  },
  PLR2002: {
    title: '`teardown: destroy` came before `teardown: prepare`',
    explanation:
      'A load balancer whose deletion protection is on cannot be destroyed, and what has left the configuration can no longer have it switched off. Set `teardown: prepare`, run `lock` and apply; `teardown: destroy` comes after that.',
  },
  PLR2003: {
    title: 'A router comes back that was taken down',
    explanation:
      'The teardown made Terraform forget the network connectivity configuration and its bindings without deleting them. If they still exist, give the configuration by its id (`ncc: { id: … }`); a second one of the same name cannot be made.',
  },
  PLR2101: {
    title: '`renamedFrom` names a target that still exists',
    explanation:
      'A rename takes port and shard over from the old name, so the old name must be gone. Remove the old target, or drop `renamedFrom` if the new one stands beside it.',
  },
  PLR2102: {
    title: 'Two targets claim one old name',
    explanation: 'Only one target can take over a port. Keep `renamedFrom` at one of them.',
  },
  PLR2103: {
    title: '`renamedFrom` does nothing',
    explanation:
      'The lock does not know the old name, or knows the new name as a target of its own, so nothing is taken over.',
  },
  PLR2104: {
    title: 'A name comes back',
    explanation:
      'A target that was removed is a new target when its name comes back: its old port stays retired and it gets another one. If it must have the old port, free that with `privatelink-router lock release` before this run and set `listenPort`.',
  },
  PLR2201: {
    title: '`listenPort` asks for a retired port',
    explanation:
      'The port once reached another target, and clients may still dial it. When nobody does, and the removal has been applied, free it with `privatelink-router lock release`.',
  },
  PLR2202: {
    title: '`listenPort` asks for a port that is in use',
    explanation:
      'Another target has the port: on the same shard, or anywhere in the router if base-port gave it; or the forwarder machines need it themselves. Choose another `listenPort`.',
  },
  PLR2203: {
    title: 'A target did not get its own port',
    explanation:
      'With `portStrategy: preserve` a target listens on its own port where its shard (on Azure its pool) has that free. Here it is taken or retired, so base-port chose one.',
  },
  PLR2204: {
    title: 'No listener port is free',
    explanation:
      'All ports from `basePort` to 65535 are in use or retired in this router. Lower `basePort`, release retired ports, or put targets into a second router.',
  },
  PLR2205: {
    title: 'No port of the forwarders is free',
    explanation:
      'The shards of a pool share its forwarders, which listen on each listener port once. For a port that another shard has, or had, they take one of a range of their own instead, and all of these are in use or retired in the pool. Choose a `listenPort` that no target of the pool has or had, release retired ports of the pool, or put targets into a second router.',
  },
  PLR2301: {
    title: 'The shard of a domain is full',
    explanation:
      'All targets of one domain live on one shard, and the load balancer of that shard (on Azure that of its whole pool) has no listener left. Where the lock itself holds more than the limit allows, move a domain with `privatelink-router lock move ROUTER TARGET… --shard S`; the message names a command that works.',
  },
  PLR2302: {
    title: 'A new domain lives on another shard',
    explanation:
      'A target keeps its shard, and a domain stands on one shard alone. Where all targets of the new domain fit on one shard, `privatelink-router lock move ROUTER TARGET… --shard S` takes them there with the domains that the inventory gives them now; the message names the command that works, or says why none does. Otherwise keep the old `domain:`.',
  },
  PLR2303: {
    title: 'A shard has no room for a new domain',
    explanation:
      'A target keeps its shard, and the rule of that shard has all the domains that it may have. Keep the old `domain:`, use one that the shard has, or move the targets of the new domain with `privatelink-router lock move ROUTER TARGET… --shard S`; the message names a command that works.',
  },
  PLR2304: {
    title: 'A domain stands on a shard that is being taken away',
    explanation: 'The rule of an emptied shard keeps its last domains until the shard is gone.',
  },
  PLR2305: {
    title: 'Targets that share domains do not fit on one shard',
    explanation:
      'A domain belongs to one shard, and all domains of a target are on the shard of its listener. So targets that share a domain go to one shard together, with all their domains; the rule of a shard takes ten (on Azure as many as `limits` states). Divide the names over targets so that no target ties domains of two shards together.',
  },
  PLR2306: {
    title: 'A target has another pin than its shard',
    explanation:
      'A shard keeps its pin, and a target keeps its shard. `privatelink-router lock move ROUTER TARGET… --shard S` takes targets to a shard of the pin that the inventory gives them now, or to a new one; the message names a command that works, or says that none does. Otherwise put the old `shard:` back, or write the target under a new name.',
  },
  PLR2307: {
    title: 'A domain would stand on shards of different pins',
    explanation:
      'All targets of one domain live on one shard, and targets with different pins (`shard:`), or with one and without, share none. Give all targets of the domain the same pin, or a domain for each pin.',
  },
  PLR2401: {
    title: 'No private endpoint is left in the region',
    explanation:
      'Each shard is one private endpoint, and Databricks limits them by account and region. Let targets share a domain so that shards fill, take emptied shards away, or state a raised limit under `limits:`.',
  },
  PLR2402: {
    title: 'No load balancer is left in the region',
    explanation:
      'Each shard is one Network Load Balancer, and AWS limits them by account and region. Have the quota raised and state it under `limits:`, or take emptied shards away.',
  },
  PLR2403: {
    title: 'No target group is left in the region',
    explanation:
      'Each target is one target group, and AWS limits them by account and region. Have the quota raised and state it under `limits:`, or use another account.',
  },
  PLR2404: {
    title: 'No Private Link Service is left in the subscription',
    explanation:
      'Each shard on Azure is one Private Link Service, and Azure limits them by subscription. Let targets share a domain so that shards fill, take emptied shards away, or put targets into a router of another subscription. State under `privateLinkServicesUsed` only what exists outside this inventory.',
  },
  PLR2501: {
    title: 'A shard has emptied',
    explanation:
      'Its load balancer and its private endpoint stay and cost money until it is taken away: set `teardown: prepare` for it, apply, then set `teardown: destroy` and apply again.',
  },
  PLR2502: {
    title: 'A teardown names a shard that does not exist',
    explanation:
      'The keys under `shards:` of a router are the keys of its shards in the lock. Correct or drop the key.',
  },
  PLR2503: {
    title: 'A shard that is to be taken away has targets',
    explanation:
      'Only an emptied shard can be taken away. Remove its targets first. `lock move` cannot empty a shard, since the rule of an emptied one keeps a domain; only targets that get a domain of another shard can follow it there.',
  },
  PLR2504: {
    title: 'A shard is to be destroyed before it was prepared',
    explanation:
      'Its load balancer still has its deletion protection. Set `teardown: prepare` for the shard, run `lock` and apply; `teardown: destroy` comes after that.',
  },
  PLR2505: {
    title: 'A teardown names a shard that is gone',
    explanation: 'The shard was taken away already. Drop the key under `shards:`.',
  },
  PLR2511: {
    title: 'A change of the network needs the deletion protection off first',
    explanation:
      'AWS cannot take a subnet from a network load balancer through Terraform, or move it to another VPC: the load balancer is replaced, and one that is protected from deletion would stay behind and stop the apply. Take three steps, each with synth and apply: set `deletionProtection: false`; change `subnetIds` or `vpcId`; put the protection back. Adding a subnet needs none of this. If the router was never applied, take its entry out of the lock instead.',
  },
  PLR2512: {
    title: 'The load balancers are replaced',
    explanation:
      'A subnet goes, or the VPC is another one. The new load balancers, target groups and listeners are made under new names, the endpoint services change over to them in place and keep their connections to Databricks, and the old ones are deleted; sessions that are open at that moment are cut. AWS documents that a load balancer cannot leave an endpoint service while endpoints are connected: where the apply stops there, nothing has been cut yet; run `terraform apply -destroy -target=databricks_mws_ncc_private_endpoint_rule.s1` for each shard and `terraform apply` again, which makes the rules and their endpoints anew.',
  },
  PLR2513: {
    title: 'A router cannot change its region or account',
    explanation:
      'What the router made stays in the old place, and Terraform would look for it in the new one, not find it and forget it. Make a new router of another name there, and take the old one away with `teardown: prepare` and `teardown: destroy`. If the router was never applied, take its entry out of the lock instead.',
  },
  PLR2521: {
    title: 'A router of Azure cannot change its place',
    explanation:
      'Another location, subscription, resource group, NAT subnet, address space, set of zones or kind of load balancing replaces the Private Link Services, and with them every approved endpoint, or is refused half-way. Make a new router of another name, let clients go over to it, and take the old one away with `teardown: prepare` and `teardown: destroy`. If the router was never applied, take its entry out of the lock instead.',
  },
  PLR2522: {
    title: 'A NAT address cannot be taken from a Private Link Service',
    explanation:
      'Azure lets a Private Link Service have more NAT addresses, but never fewer. Put the old number of `natAddresses` back.',
  },
  PLR2523: {
    title: 'A router cannot change its cloud',
    explanation:
      'The lock knows the router on the other cloud, and what it made there still exists. Make a new router of another name, let clients go over to it, and take the old one away with `teardown: prepare` and `teardown: destroy`. If the router was never applied, take its entry out of the lock instead.',
  },
  PLR2524: {
    title: 'Size without accelerated networking for machines that have it',
    explanation:
      'Azure switches accelerated networking only once all machines of the pool are deallocated, and refuses a size that lacks it before. Use a size that has it, or switch it off first: docs/accelerated-networking.md.',
  },
  PLR2531: {
    title: 'The load-balancing rules cost more than the machines',
    explanation:
      'Azure charges for each load-balancing rule after the fifth, and `loadBalancing: per-target` has one for each target. `ha-ports` has a single rule for all ports, a pool of it has one Private Link Service and so 10 domains, and the security group and the forwarders close the ports that no target has. A router cannot change its kind of load balancing: choose before the first apply, or let clients go over to a new router. The prices are in docs/prices.md.',
  },
  PLR2532: {
    title: 'A pin costs a pool of machines',
    explanation:
      'With `loadBalancing: ha-ports` a pool has one shard, so that each shard of a pin (`shard:`) brings a load balancer and machines of its own. With `per-target` up to eight shards share a pool.',
  },
  PLR2541: {
    title: 'More targets than one router should have',
    explanation:
      'A router is one state of Terraform, which refreshes and compares all of it at every plan; a destroy slows down faster than targets become more. Spread the targets over several routers that share a network connectivity configuration: docs/splitting.md has the measured times and the steps by which a target goes over. Where the time is all right, state the number of targets under `limits:`, as `targetsPerRouter`.',
  },
  PLR2601: {
    title: 'The addresses of a host are not known yet',
    explanation:
      'With `dns: synth` the addresses stand in the lock. Run `privatelink-router lock`: it resolves new and changed hosts.',
  },
  PLR2701: {
    title: 'Two cloud resources would have one name',
    explanation:
      'Names of load balancers and target groups are unique in an account and region. Rename one of the two targets or routers: its first letters and the hash after them then differ.',
  },
  PLR2801: {
    title: 'The lock does not know this router',
    explanation:
      '`lock release` and `lock move` take a router as the lock names it. Run `privatelink-router lock` first if it is new.',
  },
  PLR2802: {
    title: 'The port is not retired',
    explanation:
      '`lock release` frees a port that a removed target had, with `--shard` on one shard alone. The list of retired ports stands in the lock and in `plan`.',
  },
  PLR2803: {
    title: 'A retired port is released',
    explanation:
      'It may be given out again at once. `terraform apply` must have run since its target was removed: otherwise the old listener and the new one meet on one port and the apply fails. Clients that still dial the port would reach another target.',
  },
  PLR2804: {
    title: 'Several names are retired on a port',
    explanation:
      'A listener that targets share retires names, one for each that led to a target which is gone, and each is freed by itself: `lock release ROUTER PORT NAME`, with the path after the name where it has one.',
  },
  PLR2811: {
    title: 'The lock does not know this target',
    explanation: '`lock move` moves targets that the lock has.',
  },
  PLR2812: {
    title: 'Targets cannot move to this shard',
    explanation:
      'The shard must be another one of the same router that is in use, or the next new one. Shard numbers are never used twice.',
  },
  PLR2813: {
    title: 'Targets of one domain must move together',
    explanation: 'A domain stands on one shard alone. Name all of its targets in one `lock move`.',
  },
  PLR2814: {
    title: 'The shard has no room for the targets that should move',
    explanation: 'A shard is limited by its listeners and by its domains. Choose another shard, or the next new one.',
  },
  PLR2815: {
    title: 'A listener port is taken on the other shard',
    explanation:
      'A move keeps the listener ports, each of which a shard has once. Choose another shard, change `listenPort`, or release the port if it is retired there.',
  },
  PLR2816: {
    title: 'The move would leave a shard empty',
    explanation:
      'The rule of an emptied shard has to keep a domain, which would then stand on two shards. Remove the targets and add them under new names instead, or leave one domain where it is.',
  },
  PLR2817: {
    title: 'Targets move within a pool',
    explanation:
      'The shards of a pool share a load balancer, which takes a port of the forwarders once, and Terraform does not know that the rule on the old frontend has to go before the one on the new frontend comes. So the forwarders listen on another port for the new rule, and the old one stays retired with the old place. Clients dial what they dialled; only a security group or firewall of your own before the forwarders has to admit the new port.',
  },
  PLR2818: {
    title: 'A target of the other side gets another place in a merge',
    explanation:
      'Two branches gave out the same port or shard. The base of `lock --base` keeps what it has, and the target of the other side gets a free place, as a new target would. The message names both; its clients dial the new port.',
  },
  PLR2819: {
    title: 'A target of the base stays in a merge, though the other side had moved it',
    explanation:
      'What the base of `lock --base` has stays as it is. If the move was meant, run `privatelink-router lock move ROUTER TARGET --shard S` once the merge is settled; the message names the command.',
  },
  PLR2820: {
    title: 'A retired port stays retired in a merge, though the other side had released it',
    explanation:
      'Ports that are retired in the base of `lock --base` stay so, since clients may still dial them. If the release was meant, run `privatelink-router lock release ROUTER PORT` once the merge is settled.',
  },
  PLR2821: {
    title: 'A port that the other side had retired is in use in the base',
    explanation:
      'The other branch added a target and removed it again, and the base gave its port to another target meanwhile, which keeps it. Nobody may dial that port for the old target any more: it reaches the other one.',
  },
  PLR2822: {
    title: 'A router is left out of a merge',
    explanation:
      'Only the other side of the merge has it: neither the base of `lock --base` nor the inventory does. Either the base took it down, or the merged inventory dropped it.',
  },
} as const;
