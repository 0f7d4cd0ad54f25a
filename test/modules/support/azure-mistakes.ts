import { CA_CERTIFICATE, SIGNING_KEY } from '../../corpus/trust';
import { GOOD, target } from './azure-calls';
import type { Arguments } from './calls';

/** One wrong input of the Azure module. */
export interface Mistake {
  readonly change: Arguments;
  /** Words of the answer: the value that was given, and what to do. */
  readonly says: readonly (string | RegExp)[];
}

const one = (change: Arguments): Arguments => ({ targets: [{ ...target(), ...change }] });
const two = (first: Arguments, second: Arguments): Arguments => ({
  targets: [
    { ...target(1), ...first },
    { ...target(2), ...second },
  ],
});
const forwarder = (change: Arguments): Arguments => ({ forwarder: change });
const subnet = (path: string): Arguments => ({ subnet_id: String(GOOD.subnet_id).replace(/\/subnets\/.*/, path) });
export const many = (count: number, change: (number: number) => Arguments = () => ({})): Arguments => ({
  targets: Array.from({ length: count }, (_, i) => ({ ...target(i), domain: 'all.acme-data.com', ...change(i) })),
});
const RSA_1024 = `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA${'B'.repeat(172)} me`;

/** A public key. */
export function publicKey(): string {
  const field = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const body = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, 7))]);
  return `ssh-ed25519 ${body.toString('base64')} me@laptop`;
}

/** What a variable sees by itself. */
export const MISTAKES: Readonly<Record<string, Mistake>> = {
  name_upper: { change: { name: 'Analytics' }, says: ['name, "Analytics", is no name', 'lower-case letters'] },
  name_long: { change: { name: 'a'.repeat(64) }, says: ['at most 63 characters'] },
  location_displayed: { change: { location: 'East US 2' }, says: ['"East US 2"', 'Write its name, eastus2'] },
  location_aws: { change: { location: 'us-east-2' }, says: ['"us-east-2", a region of AWS', 'such as eastus2'] },
  location_sovereign: { change: { location: 'usgovvirginia' }, says: ['of another cloud of Azure'] },
  location_form: { change: { location: 'Ost-USA' }, says: ['"Ost-USA", is not the name of a location'] },
  group_id: {
    change: { resource_group_name: '/subscriptions/x/resourceGroups/rg-plr' },
    says: ['an id; the name is meant'],
  },
  group_dot: { change: { resource_group_name: 'rg-plr.' }, says: ['"rg-plr.", is no name of a resource group'] },
  subnet_name: { change: { subnet_id: 'forwarders' }, says: ['"forwarders", is not the id of a subnet', 'az network'] },
  subnet_network: { change: subnet(''), says: ['a virtual network; one of its subnets is meant'] },
  subnet_letters: {
    change: { subnet_id: String(GOOD.subnet_id).replace('resourceGroups', 'resourcegroups') },
    says: ['in other letters than Terraform takes', '/resourceGroups/NAME'],
  },
  subnet_gateway: { change: subnet('/subnets/GatewaySubnet'), says: ['GatewaySubnet, which is kept'] },
  nat_addresses: { change: { nat_addresses: 9 }, says: ['nat_addresses is 9; a whole number from 1 to 8'] },
  nat_half: { change: { nat_addresses: 1.5 }, says: ['nat_addresses is 1.5; a whole number'] },
  visibility_name: {
    change: { visibility: ['my-subscription'] },
    says: ['visibility[0], "my-subscription"', 'az account show'],
  },
  visibility_empty: { change: { visibility: [] }, says: ['Databricks cannot connect', 'Write ["*"]'] },
  visibility_star: {
    change: { visibility: ['*', '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940'] },
    says: ['visibility has "*"', 'Write "*" alone'],
  },
  visibility_twice: {
    change: {
      visibility: ['2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940', '2F1C8A34-5b7e-4d0f-9c26-8e3a71b5d940'],
    },
    says: ['visibility[1] is visibility[0] again'],
  },
  approval_star: { change: { auto_approval: ['*'] }, says: ['auto_approval[0] is "*"', 'Leave it away'] },
  engine: { change: forwarder({ engine: 'envoy' }), says: ['forwarder.engine is "envoy"; haproxy, nginx or nftables'] },
  instances: { change: forwarder({ instances: 0 }), says: ['forwarder.instances is 0; a whole number from 1 to 100'] },
  size: { change: forwarder({ size: 'D2s_v5' }), says: ['"D2s_v5"', 'Use a size such as Standard_D2s_v5'] },
  size_basic: { change: forwarder({ size: 'Basic_A1' }), says: ['of the Basic tier'] },
  size_untrusted: { change: forwarder({ size: 'Standard_A2_v2' }), says: ['Standard_A2_v2', 'Trusted Launch'] },
  size_small: { change: forwarder({ size: 'Standard_B1ls' }), says: ['Standard_B1ls', 'less than 1 GiB'] },
  size_slow: {
    change: forwarder({ size: 'Standard_B2ms', accelerated_networking: true }),
    says: ['the size Standard_B2ms has none'],
  },
  image_apt: {
    change: forwarder({ image: { publisher: 'RedHat', offer: 'RHEL', sku: '9_4' } }),
    says: ['of RedHat, whose Linux has no apt'],
  },
  image_first: {
    change: forwarder({
      image: { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts' },
    }),
    says: ['"22_04-lts", is of the first generation'],
  },
  image_first_marked: {
    change: forwarder({ image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-gen1' } }),
    says: ['"server-gen1", is of the first generation'],
  },
  image_first_debian: {
    change: forwarder({ image: { publisher: 'Debian', offer: 'debian-12', sku: '12' } }),
    says: ['"12", is of the first generation'],
  },
  upgrades_version: {
    change: forwarder({
      image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202510010' },
      image_upgrades: true,
    }),
    says: ['forwarder.image.version is one that never changes'],
  },
  upgrades_id: {
    change: forwarder({
      image: {
        id: '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/plr/versions/1.2.3',
      },
      image_upgrades: true,
    }),
    says: ['forwarder.image.id is one that never has a newer version'],
  },
  resolver_own: { change: { resolvers: ['127.0.0.53'] }, says: ['resolvers[0], "127.0.0.53", is a loopback address'] },
  resolver_link: { change: { resolvers: ['169.254.0.53:53'] }, says: ['is a link-local address'] },
  resolver_multicast: { change: { resolvers: ['224.0.0.251'] }, says: ['is a multicast address'] },
  size_arm: {
    change: forwarder({ size: 'Standard_D2ps_v6' }),
    says: ['have Arm processors', 'Choose a size without the p'],
  },
  zone: { change: forwarder({ zones: ['1', '4'] }), says: ['forwarder.zones[1], "4"', '"1", "2" and "3"'] },
  zone_twice: { change: forwarder({ zones: ['2', '2'] }), says: ['forwarder.zones[1] is forwarder.zones[0] again'] },
  image_both: {
    change: forwarder({
      image: {
        id: '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg/providers/Microsoft.Compute/images/plr',
        sku: 'server',
      },
    }),
    says: ['not by both'],
  },
  image_part: {
    change: forwarder({ image: { publisher: 'Canonical' } }),
    says: ['lacks some of publisher, offer and sku'],
  },
  image_id: { change: forwarder({ image: { id: 'plr-image' } }), says: ['"plr-image", is not the id of an image'] },
  image_windows: {
    change: forwarder({ image: { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022' } }),
    says: ['a publisher of Windows'],
  },
  ssh_private: {
    change: forwarder({ ssh: { public_key: '-----BEGIN OPENSSH PRIVATE KEY-----\nabc' } }),
    says: ['is a private key', 'replace it'],
  },
  ssh_ecdsa: {
    change: forwarder({ ssh: { public_key: 'ecdsa-sha2-nistp256 AAAAE2VjZHNh me' } }),
    says: ['of a type that Azure does not take'],
  },
  ssh_cut: {
    change: forwarder({ ssh: { public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1' } }),
    says: ['a body that is not of such a key'],
  },
  ssh_short: { change: forwarder({ ssh: { public_key: RSA_1024 } }), says: ['less than 2048 bits'] },
  ssh_everybody: {
    change: forwarder({ ssh: { public_key: publicKey(), from: ['10.0.8.0/24', '0.0.0.0/0'] } }),
    says: ['forwarder.ssh.from[1], "0.0.0.0/0", is every address there is'],
  },
  ssh_inside: {
    change: forwarder({ ssh: { public_key: publicKey(), from: ['10.0.8.7/24'] } }),
    says: ['Write 10.0.8.0/24'],
  },
  egress: { change: forwarder({ egress: 'internet' }), says: ['forwarder.egress is "internet"; nat, image or none'] },
  egress_none: { change: forwarder({ egress: 'none' }), says: ['haproxy is not on the stock image; nftables is'] },
  egress_image: { change: forwarder({ egress: 'image' }), says: ['no image of that kind is named'] },
  egress_mirror: {
    change: forwarder({ egress: 'image', mirror: 'http://apt.acme-data.com/ubuntu' }),
    says: ['the engine comes from one place'],
  },
  mirror_secret: {
    change: forwarder({ mirror: 'http://me:secret@apt.acme-data.com' }),
    says: ['holds a name and password'],
  },
  mirror_code: {
    change: forwarder({ mirror: "http://apt.acme-data.com/'; reboot" }),
    says: ['is not the address of a mirror'],
  },
  mirror_key_private: {
    change: forwarder({
      mirror: 'https://apt.acme-data.com',
      mirror_signing_key: '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n-----END PGP PRIVATE KEY BLOCK-----',
    }),
    says: ['A private key stands in', 'replace it'],
  },
  mirror_key: {
    change: forwarder({ mirror: 'https://apt.acme-data.com', mirror_signing_key: '0xA4F1' }),
    says: ['is no public key of OpenPGP in armour'],
  },
  mirror_ca: {
    change: forwarder({ mirror: 'https://apt.acme-data.com', mirror_ca_certificate: '/etc/ssl/corp.pem' }),
    says: ['is no certificate in PEM'],
  },
  mirror_ca_http: {
    change: forwarder({ mirror: 'http://apt.acme-data.com', mirror_ca_certificate: CA_CERTIFICATE }),
    says: ['is of use with https alone'],
  },
  mirror_key_alone: { change: forwarder({ mirror_signing_key: SIGNING_KEY }), says: ['forwarder.mirror names none'] },
  metrics_public: {
    change: forwarder({ metrics: { from: ['10.0.8.0/24', '203.0.114.0/24'] } }),
    says: ['forwarder.metrics.from[1], "203.0.114.0/24", is not private'],
  },
  metrics_wide: { change: forwarder({ metrics: { from: ['10.0.0.0/7'] } }), says: ['"10.0.0.0/7", is not private'] },
  metrics_engine: {
    change: forwarder({ engine: 'nftables', metrics: { from: ['10.0.8.0/24'] } }),
    says: ['The engine nftables does not have Prometheus metrics'],
  },
  mirror_short: { change: forwarder({ mirror: 'http://apt/ubuntu' }), says: ['a fully qualified host'] },
  target_name: { change: one({ name: 'Orders_DB' }), says: ['targets[0].name, "Orders_DB", is no name'] },
  target_null: { change: { targets: [target(), null] }, says: ['targets[1] is null'] },
  same_name: {
    change: two({ name: 'orders-db' }, { name: 'orders-db' }),
    says: ['targets[0] (orders-db) and targets[1] have the same name', 'Rename one'],
  },
  host_url: { change: one({ host: 'https://db.acme-data.com' }), says: ['targets[0].host', 'is a URL'] },
  host_port: { change: one({ host: 'db.acme-data.com:5432' }), says: ['holds a port'] },
  host_public: { change: one({ host: '52.10.1.1', domain: 'db.acme-data.com' }), says: ['is a public address'] },
  host_loopback: { change: one({ host: '127.0.0.1', domain: 'db.acme-data.com' }), says: ['loopback'] },
  host_ipv6: { change: one({ host: 'fd00::7' }), says: ['is an IPv6 address'] },
  host_alias: {
    change: one({ host: 'svc.2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940.eastus2.azure.privatelinkservice' }),
    says: ['nobody connects to by this name'],
  },
  port_missing: { change: one({ port: null }), says: ['targets[0] has no port, and no preset'] },
  port_range: { change: one({ port: 70000 }), says: ['targets[0].port is 70000; a whole number from 1 to 65535'] },
  preset: { change: one({ preset: 'postgresql' }), says: ['"postgresql"; there is no such preset: postgres,'] },
  domain_form: { change: one({ domain: 'db_1.acme-data.com' }), says: ['holds an underscore'] },
  domain_address: { change: one({ domain: '10.1.2.3' }), says: ['targets[0].domain', 'is an address'] },
  domain_private: { change: one({ domain: 'db.acme.internal' }), says: ['private-use suffix', 'the host may stay'] },
  domain_shared: {
    change: { domains: { shared: 'all.lan' } },
    says: ['domains.shared, "all.lan", ends in a private-use suffix'],
  },
  listener_reserved: {
    change: one({ listener_port: 61080 }),
    says: ['targets[0].listener_port is 61080', 'the health probe of the forwarder machines has it'],
  },
  listener_last: { change: one({ listener_port: 65535 }), says: ['Azure refuses it as a frontend port'] },
  listener_zero: { change: one({ listener_port: 0 }), says: ['targets[0].listener_port is 0; a whole number from 1'] },
  same_listener: {
    change: two({ listener_port: 14330 }, { listener_port: 14330 }),
    says: ['targets[0] and targets[1] have the same listener_port, 14330'],
  },
  base_port: { change: { base_port: 0 }, says: ['base_port is 0; a whole number from 1 to 65535'] },
  same_end: {
    change: two({ host: 'DB.acme-data.com.', port: 1521 }, { host: 'db.acme-data.com', port: null, preset: 'oracle' }),
    says: ['targets[0] and targets[1] are the same, "db.acme-data.com:1521"'],
  },
  too_many: { change: many(300), says: ['There are 300 targets', 'has room for 299'] },
  idle_short: {
    change: one({ idle_timeout: 239 }),
    says: ['targets[0].idle_timeout is 239; a whole number from 240 to 86400'],
  },
  drain_long: { change: one({ drain: 3601 }), says: ['targets[0].drain is 3601; a whole number from 0 to 3600'] },
  drain_router: { change: { drain: -1 }, says: ['drain is -1; a whole number from 0 to 3600'] },
  most_connections: {
    change: one({ max_connections: 0 }),
    says: ['targets[0].max_connections is 0; a whole number from 1 to 28232'],
  },
  most_connections_router: { change: { max_connections: 28233 }, says: ['max_connections is 28233'] },
  idle_router: { change: { idle_timeout: 86401 }, says: ['idle_timeout is 86401'] },
  check_interval: { change: one({ health_check: { interval: 4 } }), says: ['targets[0].health_check.interval is 4'] },
  check_matcher: {
    change: one({ health_check: { protocol: 'HTTP', matcher: '399-200' } }),
    says: ['"399-200", is not a list of status codes'],
  },
  check_host: {
    change: one({ health_check: { protocol: 'HTTPS', host: '10.1.2.3' } }),
    says: ['targets[0].health_check.host, "10.1.2.3", is an address'],
  },
  check_host_url: {
    change: { health_check: { protocol: 'HTTPS', host: 'https://web.acme-data.com' } },
    says: ['health_check.host, "https://web.acme-data.com", is a URL'],
  },
  check_host_tcp: {
    change: { health_check: { host: 'web.acme-data.com' } },
    says: ['health_check.host has a meaning only with'],
  },
  check_protocol: {
    change: { health_check: { protocol: 'tcp' } },
    says: ['health_check.protocol is "tcp"; TCP, HTTP, HTTPS or none'],
  },
  check_router: {
    change: { health_check: { matcher: '200' } },
    says: ['health_check.matcher has a meaning only with'],
  },
  approval: { change: { approval: 'auto' }, says: ['approval is "auto"; terraform or manual'] },
  endpoint_id: {
    change: { private_endpoint_name: '/subscriptions/x' },
    says: ['an id; the name of the endpoint is meant'],
  },
  resolver_name: {
    change: { resolvers: ['dns.acme-data.com'] },
    says: ['resolvers[0], "dns.acme-data.com"', '10.0.0.2:5353'],
  },
  resolver_ipv6: {
    change: { resolvers: ['10.0.0.2', 'fd00::53'] },
    says: ['resolvers[1], "fd00::53", has an IPv6 address'],
  },
  tag_reserved: { change: { tags: { 'Microsoft-team': 'x' } }, says: ['begins with microsoft, which Azure keeps'] },
  tag_ours: { change: { tags: { 'privatelink-router:x': 'x' } }, says: ['which this module keeps for itself'] },
  tag_character: { change: { tags: { 'a/b': 'x' } }, says: ['tags["a/b"] holds characters that Azure does not take'] },
  tag_case: { change: { tags: { team: 'a', Team: 'b' } }, says: ['The tags Team, team differ by letter case only'] },
  tag_long: { change: { tags: { team: 'x'.repeat(257) } }, says: ['has 257 characters; Azure allows at most 256'] },
  limit: { change: { limits: { domains_per_rule_azure: 0 } }, says: ['limits.domains_per_rule_azure is 0'] },
};

/** What only several variables show. */
export const CONFLICTS: Readonly<Record<string, Mistake>> = {
  location_unknown: { change: { location: 'eastus9' }, says: ['"eastus9"', 'limits = { regions = ["eastus9"] }'] },
  subnets_same: { change: { nat_subnet_id: GOOD.subnet_id }, says: ['are the same subnet', 'a /28 is enough'] },
  subnets_apart: {
    change: { nat_subnet_id: String(GOOD.nat_subnet_id).replace('vnet-hub', 'vnet-other') },
    says: ['belong to two virtual networks', 'vnet-other'],
  },
  approval_unseen: {
    change: {
      visibility: ['2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940'],
      auto_approval: ['11111111-5b7e-4d0f-9c26-8e3a71b5d940'],
    },
    says: ['auto_approval[0], 11111111', 'visibility does not list it'],
  },
  zone_none: {
    change: { location: 'westus', forwarder: { zones: ['1'] } },
    says: ['westus has no availability zones', 'Remove forwarder.zones'],
  },
  domain_missing: {
    change: one({ host: '10.1.2.3' }),
    says: ['targets[0] (db-1) has the address 10.1.2.3 as its host', 'domains = { shared'],
  },
  domain_underscore: {
    change: one({ host: 'db_1.acme-data.com' }),
    says: ['with an underscore', 'a domain of its own'],
  },
  domain_suffix: { change: one({ host: 'db.corp' }), says: ['db.corp with a private-use suffix'] },
  domains_many: {
    change: { targets: Array.from({ length: 11 }, (_, i) => target(i)) },
    says: ['have 11 domains', 'at most 10', 'domains = { shared'],
  },
  taken_listener: {
    change: two({}, { listener_port: 10000 }),
    says: [
      'targets[0] (db-1, by base_port and its position) and targets[1] (db-2, by listener_port)',
      'have the same listener port, 10000',
    ],
  },
  base_reserved: { change: { base_port: 22, ...one({}) }, says: ['targets[0] (db-1) would listen on 22', 'SSH'] },
  base_past: {
    change: { base_port: 65530, ...many(7) },
    says: ['targets[6] (db-6) would listen on 65536', 'Lower base_port'],
  },
  idle_engine: {
    change: { forwarder: { engine: 'nftables' }, ...one({ idle_timeout: 600 }) },
    says: ['nftables does not have an idle timeout for each target', 'targets[0]', 'set it once for the router'],
  },
  check_engine: {
    change: { forwarder: { engine: 'nginx' }, ...one({ health_check: { interval: 20 } }) },
    says: ['The engine nginx does not have active health checks', 'Remove health_check (targets[0])'],
  },
  check_timeout: {
    change: one({ health_check: { timeout: 20 } }),
    says: ['a timeout of 20 s, which is longer than the interval of 10 s'],
  },
  check_path: {
    change: one({ health_check: { path: '/health' } }),
    says: ['health_check.path has a meaning only with'],
  },
};
