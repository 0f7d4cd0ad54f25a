/** What the inventory is told about a router’s place in Azure and its forwarders: PLR16xx. */
export const azureCodes = {
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
    explanation: 'Port 22 is never opened to every address, and the metrics are for private networks alone.',
  },
  PLR1608: {
    title: 'Availability zones',
    explanation: 'Zones of Azure are "1", "2" and "3", and some locations have none.',
  },
  PLR1609: {
    title: 'No spare availability zone',
    explanation: 'Machines in one zone, or in none, may all fail at once.',
  },
  PLR1610: {
    title: 'Two NAT gateways for one subnet',
    explanation: 'With `egress: nat` a router makes a NAT gateway for its subnet, and a subnet has one.',
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
