import { beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '../terraform/support/gate';
import { answersToChanges, target } from './support/azure-calls';
import { CONFLICTS, MISTAKES, type Mistake, many, publicKey } from './support/azure-mistakes';
import { type Answers, type Arguments, Raw } from './support/calls';

/** What is unusual and right. */
const FINE: Readonly<Record<string, Arguments>> = {
  good: {},
  every_key: {
    nat_addresses: 8,
    visibility: ['2F1C8A34-5b7e-4d0f-9c26-8e3a71b5d940'],
    auto_approval: ['2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940'],
    forwarder: {
      instances: 7,
      size: 'Standard_D4pds_v6',
      zones: ['3', '1'],
      image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-arm64' },
      ssh: { public_key: `${publicKey()}\n`, from: ['10.0.8.0/24'] },
      mirror: 'http://apt.acme-data.com:8080/ubuntu',
    },
    resolvers: ['10.0.0.2', '10.0.0.3:5353'],
    targets: [
      {
        ...target(1),
        health_check: {
          protocol: 'HTTPS',
          path: '/health',
          matcher: '200,302-304',
          host: 'web.acme-data.com',
          port: 8443,
        },
      },
      { ...target(2), enabled: false, idle_timeout: 240, max_connections: 28232, drain: 0 },
      { ...target(3), host: '10.1.2.3', domain: 'Db-3.acme-data.com.', listener_port: 1433 },
    ],
    health_check: { interval: 30 },
    idle_timeout: 86400,
    max_connections: 1,
    drain: 3600,
    tags: { team: 'data', 'cost center': '1 & 2' },
    approval: 'manual',
    private_endpoint_name: 'databricks-1',
    limits: { domains_per_rule_azure: 100, regions: ['eastus9'] },
  },
  none: { targets: [] },
  all_off: { targets: [{ ...target(), enabled: false }] },
  full: many(299),
  shared: { domains: { shared: 'all.acme-data.com' }, ...many(20, (i) => ({ host: `10.1.2.${i}`, domain: null })) },
  new_location: { location: 'eastus2', limits: { regions: ['nowhere1'] } },
  nftables: { forwarder: { engine: 'nftables', egress: 'none' }, idle_timeout: 600 },
  own_image: {
    forwarder: {
      egress: 'image',
      image: {
        id: '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg/providers/Microsoft.Compute/images/plr',
      },
    },
  },
  unknown: {
    resource_group_name: new Raw('azurerm_public_ip.new.name'),
    subnet_id: new Raw('azurerm_subnet.new.id'),
    nat_subnet_id: new Raw('azurerm_subnet.nat.id'),
    private_endpoint_name: new Raw('azurerm_subnet.new.id'),
    targets: new Raw('[{ name = "a", host = azurerm_public_ip.new.fqdn, port = 5432 }]'),
  },
};

const BESIDE = `
resource "azurerm_subnet" "new" {
  name                 = "vm"
  resource_group_name  = "rg"
  virtual_network_name = "vnet"
  address_prefixes     = ["10.0.0.0/24"]
}

resource "azurerm_subnet" "nat" {
  name                 = "nat"
  resource_group_name  = "rg"
  virtual_network_name = "vnet"
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_public_ip" "new" {
  name                = azurerm_subnet.new.id
  location            = "eastus2"
  resource_group_name = "rg"
  allocation_method   = "Static"
}
`;

/** A message is one line in JSON. */
function saying(words: string | RegExp): RegExp {
  return words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

function changesOf(mistakes: Readonly<Record<string, Mistake>>): Readonly<Record<string, Arguments>> {
  return Object.fromEntries(Object.entries(mistakes).map(([name, { change }]) => [name, change]));
}

describeWith(['terraform', 'azure providers'], 'the inputs of the Azure module', () => {
  describe('that are wrong by themselves', () => {
    let answers: Answers;
    beforeAll(() => {
      answers = answersToChanges(changesOf(MISTAKES));
    });

    it.each(Object.entries(MISTAKES))('are told at plan: %s', (name, { says }) => {
      const own = answers.byCall[name] ?? [];
      for (const words of says) expect(own.join('\n')).toMatch(saying(words));
      // One mistake, one answer.
      expect(own, own.join('\n')).toHaveLength(1);
      expect(own[0]).toContain('Invalid value for variable');
    });

    it('are told of their own call, and nothing else is', () => {
      expect(answers.others).toEqual([]);
    });
  });

  // A wrong variable ends the run before anything of two variables is looked at, so that these have a run of their own.
  describe('that do not go together', () => {
    let told: readonly string[];
    beforeAll(() => {
      const { others, byCall } = answersToChanges(changesOf(CONFLICTS));
      expect(Object.values(byCall).flat()).toEqual([]);
      // The network of the mocks is where it is, whatever a call says of its own place.
      told = others.filter((text) => !text.includes('The virtual network vnet-hub is in eastus2'));
    });

    it.each(Object.entries(CONFLICTS))('are told at plan: %s', (_name, { says }) => {
      const own = told.filter((text) => says.every((words) => saying(words).test(text)));
      expect(own, told.join('\n')).toHaveLength(1);
      expect(own[0]).toContain('Resource precondition failed');
    });

    it('have one answer each', () => {
      expect(told, told.join('\n')).toHaveLength(Object.keys(CONFLICTS).length);
    });
  });

  describe('that are right', () => {
    let answers: Answers;
    beforeAll(() => {
      answers = answersToChanges(FINE, { beside: BESIDE });
    });

    it.each(Object.keys(FINE))('pass: %s', (name) => {
      expect(answers.byCall[name]).toEqual([]);
    });

    it('lead to no complaint', () => {
      expect(answers.others).toEqual([]);
    });
  });
});
