/** The codes of adopt/. */
export const adoptCodes = {
  PLR9101: {
    title: 'A state cannot be read',
    explanation:
      '`adopt` reads what `terraform show -json` prints of a state, or a state file. A plan, an encrypted state or one of an old version is refused: run `terraform show -json > state.json` where the old configuration is applied, without naming a plan, and give that file.',
  },
  PLR9102: {
    title: 'A resource of the state has a form that is not known',
    explanation:
      'The state was written with a version of a provider that is too old or too new. Refresh it with version 5 or 6 of the AWS provider and write it again.',
  },
  PLR9103: {
    title: 'The state has no network load balancer',
    explanation: 'A router is taken over by its network load balancer; everything else is found from there.',
  },
  PLR9104: {
    title: 'It is not clear which load balancer is meant',
    explanation:
      'One router has one load balancer. Where the state has several, `--load-balancer` names the one to take over; run `adopt` once for each.',
  },
  PLR9105: {
    title: 'A load balancer cannot be taken over as it is',
    explanation:
      'What AWS cannot change in place (an internet-facing load balancer, one that was made without a security group) or what Terraform would replace (a tainted resource) would be destroyed and made anew, with all its ports gone for a while. The message says how to go on without that.',
  },
  PLR9106: {
    title: 'A listener cannot be taken over as it is',
    explanation:
      'A router has TCP listeners, each of which forwards to a target group of its own. Put the listener right in the old configuration, or leave it out there, then write the state again.',
  },
  PLR9107: {
    title: 'A target group cannot be taken over as it is',
    explanation:
      'A router has target groups of addresses (`ip`) that speak TCP, all on one port, without proxy protocol. Put the group right in the old configuration, or leave its listener out there, then write the state again.',
  },
  PLR9108: {
    title: 'An endpoint service cannot be taken over as it is',
    explanation:
      'A router has one endpoint service with one load balancer, so that every connection finds the same ports.',
  },
  PLR9109: {
    title: 'The host of a target is not known',
    explanation:
      'A state holds addresses; the host that they came from stands in it only where Terraform itself looked it up. Nothing is guessed: give the host with `--host PORT=NAME`, or complete the marked place in the written file. Port and resources are taken over in any case.',
  },
  PLR9110: {
    title: 'What was given does not fit the state',
    explanation:
      'A `--host` names a listener port that there is not, or the inventory does not say clearly which target a listener is, or has no such router. Correct the option or the inventory.',
  },
  PLR9111: {
    title: 'The targets have more domains than a rule takes',
    explanation:
      'One load balancer has one endpoint service and one rule in Databricks, which takes a limited number of domains. Give the targets a shared domain with `--shared-domain`, or take fewer of them over.',
  },
  PLR9112: {
    title: 'A target group has to be made anew',
    explanation:
      'The group and its addresses have different ports, which a router does not have. A new group is made, the listener goes over to it with its port as it was, and the old group goes.',
  },
  PLR9113: {
    title: 'The state has no endpoint service',
    explanation:
      'The router makes an endpoint service for the load balancer. Where one exists already, AWS refuses a second one: import the old one first.',
  },
  PLR9114: {
    title: 'Security groups of the load balancer are not taken over',
    explanation:
      'A router has one security group. Where the state holds exactly one of the load balancer, that one is taken over; else a new one is made. The others are taken from the load balancer and stay as they are. Look whether anything names them.',
  },
  PLR9115: {
    title: 'Inbound rules no longer count for PrivateLink',
    explanation:
      'Databricks needs the enforcement of inbound rules on PrivateLink traffic to be off. From then on a rule in a target that names the security group of the load balancer matches nothing: the target has to admit the subnets of the load balancer.',
  },
  PLR9116: {
    title: 'Rules of the old security group stay behind',
    explanation:
      'Old rules are not taken away, since somebody may still come that way, and not taken over, since a router makes its own. Terraform forgets them; remove them by hand once nobody needs them.',
  },
  PLR9117: {
    title: 'An old rule may be the same as a new one',
    explanation: 'AWS refuses a second rule that says the same as one that is there.',
  },
  PLR9118: {
    title: 'Something has to be completed by hand',
    explanation:
      'A state does not say everything that a router needs. Each such place is marked in the written file; `check` or `terraform plan` names those that were forgotten.',
  },
  PLR9119: {
    title: 'A file would be overwritten',
    explanation: '`adopt` writes new files only. Choose another folder with `--out`, or take the old files away first.',
  },
  PLR9120: {
    title: 'The rule in Databricks is not in the state',
    explanation:
      'The router makes a rule for its endpoint service, and Databricks refuses a second rule for the same service. Where somebody made one by hand, `--rule NCC_ID/RULE_ID` takes it over.',
  },
  PLR9121: {
    title: 'Other principals lose their admission',
    explanation:
      'The endpoint service of a router admits the role of Databricks for its region and nobody else. Connections that exist stay; whoever else has to connect anew needs an endpoint service of their own.',
  },
  PLR9122: {
    title: 'A load balancer where Databricks cannot connect',
    explanation:
      'The partition of AWS that the load balancer is in has no Databricks, or none with a role for private connectivity (docs/limits.md lists them). A router there would admit a role that does not exist.',
  },
  PLR9123: {
    title: 'Connections will wait for acceptance',
    explanation:
      "The old endpoint service accepted each connection by itself. A router's service requires acceptance: the role that it admits is shared by every customer of Databricks in the region. The change is made in place, and connections that exist stay.",
  },
  PLR9124: {
    title: 'The endpoint service loses an address type',
    explanation:
      "The old endpoint service took connections over IPv6. A router's service has ipv4 alone, as Databricks connects; the change is made in place, and endpoints that connect over IPv6 lose their way.",
  },
  PLR9125: {
    title: 'IPv6 addresses of the load balancer last until it is replaced',
    explanation:
      'The load balancer is dual-stack. A router leaves that as it is and does not ask for it, so that the addresses are there until a subnet or the VPC changes and the load balancer is replaced.',
  },
} as const;
