import { describe, expect, it } from 'vitest';
import { CAPABILITIES, ENGINES } from '../../src/forwarder';
import { PRESETS } from '../../src/inventory';
import { byDisplayName, hasZones, LOCATION_FORM, LOCATIONS } from '../../src/inventory/tables/locations';
import { REGIONS } from '../../src/inventory/tables/regions';
import { parseSubnetId } from '../../src/inventory/values/azure/ids';
import { isArmSize } from '../../src/inventory/values/azure/names';
import { isNetwork, parseNetwork } from '../../src/inventory/values/cidr';
import { sshKeyFault } from '../../src/inventory/values/ssh-key';
import { limitValue } from '../../src/limits';
import type { AzureRouter, Engine } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { loadText } from './support';

/** A router of one line each, for defaults and for keys that come and go. */
const router = (azure: string, more = '', targets = '{ a: a.corp.example:1 }'): string => `version: 1
databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }
routers:
  r:
    azure: { subscriptionId: 2F1C8A34-5b7e-4d0f-9c26-8e3a71b5d940, resourceGroupName: rg, network: { addressSpace: 10.20.0.0/24 }, ${azure} }
    ncc: { name: abc, workspaceIds: [1] }
${more}    targets: ${targets}
`;

function only(text: string): AzureRouter {
  const { inventory, diagnostics } = loadText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [found] = inventory?.routers ?? [];
  if (found?.cloud !== 'azure') throw new Error('There is no router of Azure.');
  return found;
}

const codes = (text: string): string[] => loadText(text).diagnostics.map(({ code }) => code);

describe('a router of Azure', () => {
  it('gets every default', () => {
    const { azure, databricks, targets } = only(router('location: eastus2'));
    expect(azure).toEqual({
      subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
      location: 'eastus2',
      resourceGroupName: 'rg',
      network: { addressSpace: '10.20.0.0/24' },
      natAddresses: 1,
      visibility: ['*'],
      autoApproval: [],
      loadBalancing: 'per-target',
      forwarder: {
        engine: 'haproxy',
        instances: 2,
        size: 'Standard_D2s_v5',
        zones: ['1', '2', '3'],
        image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
        egress: { kind: 'nat' },
        maintenance: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '01:00', hours: 4 },
      },
    });
    expect(databricks).toEqual({
      accountId: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39',
      host: 'https://accounts.azuredatabricks.net',
    });
    expect(targets[0]).toMatchObject({ dns: 'runtime', idleTimeout: 7200 });
  });

  it('has no zones in a location without them, and all three where that is not known', () => {
    expect(only(router('location: westus')).azure.forwarder.zones).toEqual([]);
    const text = router('location: newlandcentral').replace(
      'routers:',
      'limits: { regions: [newlandcentral] }\nrouters:',
    );
    expect(only(text).azure.forwarder.zones).toEqual(['1', '2', '3']);
  });

  it('takes what is written, in the forms of the model', () => {
    const { azure } = only(
      router(
        'location: eastus2, natAddresses: 3, autoApproval: [11111111-2222-4333-8444-AAAAAAAAAAAA], loadBalancing: ha-ports, forwarder: { engine: nginx, zones: [3, 1], egress: { mirror: "http://apt.corp.example/ubuntu" } }',
      ),
    );
    expect(azure).toMatchObject({
      natAddresses: 3,
      autoApproval: ['11111111-2222-4333-8444-aaaaaaaaaaaa'],
      loadBalancing: 'ha-ports',
      forwarder: {
        engine: 'nginx',
        zones: ['1', '3'],
        egress: { kind: 'mirror', mirror: 'http://apt.corp.example/ubuntu' },
      },
    });
  });

  it('takes its subscription from its subnet, whose id stays as it is written', () => {
    const text = VALID_AZURE.replace('      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940\n', '');
    const { azure } = only(text);
    expect(azure.subscriptionId).toBe('2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940');
    expect(azure.network.subnetId).toMatch(/\/virtualNetworks\/vnet-hub\/subnets\/forwarders$/);
  });

  it('says everything at once, and the sound routers still come out', () => {
    const text = VALID_AZURE.replace('location: eastus2', 'location: East US 2')
      .replace('natAddresses: 2', 'natAddresses: 9')
      .replace('size: Standard_D2s_v5', 'size: d2s_v5')
      .replace('10.0.8.0/24', '0.0.0.0/0')
      .replace('egress: nat', 'egress: none')
      .replace('listenPort: 1433', 'listenPort: 22')
      .replace('domain: legacy.corp.example', 'domain: legacy.acme.internal');
    const { diagnostics, inventory } = loadText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'PLR1301',
      'PLR1104',
      'PLR1613',
      'PLR1607',
      'PLR1616',
      'PLR1611',
      'PLR1215',
    ]);
    expect(diagnostics[0]?.fix).toBe('Write eastus2.');
    expect(diagnostics[2]?.fix).toContain('Standard_D2s_v5');
    expect(inventory?.routers.map(({ name }) => name)).toEqual(['trial', 'baked']);
  });

  it('with a key a level too high is told where it stands', () => {
    const message = (key: string): string | undefined =>
      loadText(VALID_AZURE.replace('    basePort: 10000\n', `    ${key}\n`)).diagnostics[0]?.message;
    expect(message('loadBalancing: ha-ports')).toContain('below azure:');
    expect(message('vpcId: vpc-0a1b2c3d')).toContain('below aws:');
    expect(message('accountId: x')).toContain('below databricks: or aws:');
  });

  it('repeats no password of an address', () => {
    for (const egress of [
      '{ mirror: "http://me:hunter2@apt.corp.example/u" }',
      '"http://me:hunter2@apt.corp.example/u"',
    ]) {
      const { diagnostics } = loadText(VALID_AZURE.replace('egress: nat', `egress: ${egress}`));
      expect(diagnostics).toHaveLength(1);
      expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
      if (egress.startsWith('{')) expect(diagnostics[0]?.message).toContain('name and password');
    }
  });
});

describe('two clouds in one inventory', () => {
  const AWS = `  a:
    databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
    aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }
    ncc: { name: abc, workspaceIds: [2] }
    targets: { a: a.corp.example:1 }
`;

  it('have each their account, console, idle time and way of resolving', () => {
    const { inventory, diagnostics } = loadText(router('location: eastus2') + AWS);
    expect(diagnostics).toEqual([]);
    const [azure, aws] = inventory?.routers ?? [];
    expect(azure?.databricks).toEqual({
      accountId: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39',
      host: 'https://accounts.azuredatabricks.net',
    });
    expect(aws?.databricks).toEqual({
      accountId: '7a99b43c-b46c-432b-b0a7-814217701909',
      host: 'https://accounts.cloud.databricks.com',
    });
    expect(azure?.targets[0]).toMatchObject({ dns: 'runtime', idleTimeout: 7200 });
    expect(aws?.targets[0]).toMatchObject({ dns: 'plan', idleTimeout: 350 });
  });

  it('have each their range of idle timeouts, however far outside a number is', () => {
    const message = (text: string): string | undefined => loadText(text).diagnostics[0]?.message;
    const azure = (value: number) => router('location: eastus2', `    idleTimeout: ${value}\n`);
    const aws = (value: number) =>
      router('location: eastus2') + AWS.replace('    targets', `    idleTimeout: ${value}\n    targets`);
    for (const value of [5, 239, 86_401, 100_000]) {
      expect(message(azure(value))).toBe(`Got ${value}; expected a whole number from 240 to 86400.`);
    }
    for (const value of [5, 59, 6001, 100_000]) {
      expect(message(aws(value))).toBe(`Got ${value}; expected a whole number from 60 to 6000.`);
    }
  });
});

describe('what an engine cannot do', () => {
  const asks: Partial<Record<keyof typeof CAPABILITIES, (engine: Engine) => string>> = {
    healthChecks: (engine) =>
      router(
        `location: eastus2, forwarder: { engine: ${engine} }`,
        '',
        '{ a: { host: a.corp.example, port: 1, healthCheck: { interval: 10 } } }',
      ),
    perTargetIdleTimeout: (engine) =>
      router(
        `location: eastus2, forwarder: { engine: ${engine} }`,
        '',
        '{ a: { host: a.corp.example, port: 1, idleTimeout: 7200 } }',
      ),
    metrics: (engine) =>
      router(`location: eastus2, forwarder: { engine: ${engine}, metrics: { from: [10.0.8.0/24] } }`),
    stockImage: (engine) => router(`location: eastus2, forwarder: { engine: ${engine}, egress: none }`),
    keepAlives: (engine) =>
      router(
        `location: eastus2, forwarder: { engine: ${engine} }`,
        '',
        '{ a: { host: a.corp.example, preset: postgres } }',
      ),
  };

  const rows = (Object.keys(ENGINES) as Engine[]).flatMap((engine) =>
    (Object.keys(asks) as (keyof typeof asks)[]).map((capability) => [engine, capability] as const),
  );

  it.each(rows)('is said of %s and %s exactly where the table says so', (engine, capability) => {
    const { diagnostics } = loadText(asks[capability]?.(engine) ?? '');
    const said = {
      healthChecks: 'PLR1621',
      perTargetIdleTimeout: 'PLR1621',
      metrics: 'PLR1621',
      stockImage: 'PLR1616',
      keepAlives: 'PLR1622',
    };
    const expected = ENGINES[engine].capabilities[capability] ? [] : [said[capability as keyof typeof said]];
    expect(diagnostics.map(({ code }) => code)).toEqual(expected);
    if (expected[0] === 'PLR1621') expect(diagnostics[0]?.message).toContain(CAPABILITIES[capability].without);
  });

  it('warns of exactly the protocols whose sessions Private Link would cut', () => {
    const idle = limitValue('azure.privateLinkIdleTimeout', {});
    for (const [name, { keepAlive }] of PRESETS) {
      const text = router(
        'location: eastus2, forwarder: { engine: nftables }',
        '',
        `{ a: { host: a.corp.example, preset: ${name} } }`,
      );
      expect(codes(text).includes('PLR1622'), name).toBe(keepAlive > idle);
    }
  });
});

describe('presets on Azure', () => {
  it.each([...PRESETS])('%s has an idle time that the forwarder takes', (_name, { forwarderIdleTimeout }) => {
    expect(forwarderIdleTimeout).toBeGreaterThanOrEqual(limitValue('azure.idleTimeoutMin', {}));
    expect(forwarderIdleTimeout).toBeLessThanOrEqual(limitValue('azure.idleTimeoutMax', {}));
  });

  it('lets databases rest over a lunch break', () => {
    for (const name of ['postgres', 'mysql', 'sqlserver', 'oracle', 'db2', 'saphana']) {
      expect(PRESETS.get(name)?.forwarderIdleTimeout).toBeGreaterThanOrEqual(7200);
    }
  });
});

describe('locations', () => {
  it('have the form of locations, each stands once, and none is a region of AWS', () => {
    for (const location of LOCATIONS) {
      expect(location).toMatch(LOCATION_FORM);
      expect(REGIONS).not.toContain(location);
      expect(hasZones(location)).toBeTypeOf('boolean');
    }
    expect(new Set(LOCATIONS).size).toBe(LOCATIONS.length);
    expect(LOCATIONS.length).toBeGreaterThan(50);
  });

  it('are found by the names that the portal shows', () => {
    const shown = {
      'East US 2': 'eastus2',
      'west europe': 'westeurope',
      'North Central US': 'northcentralus',
      'UAE North': 'uaenorth',
    };
    expect(Object.keys(shown).map(byDisplayName)).toEqual(Object.values(shown));
    expect(byDisplayName('Atlantis')).toBeUndefined();
  });

  it('have zones or not', () => {
    expect(['eastus2', 'westeurope', 'westus', 'northcentralus', 'atlantis'].map(hasZones)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
    ]);
  });
});

describe('values of Azure', () => {
  // Public halves of keys that ssh-keygen made; the private ones were never kept.
  const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIILa7HkPhLJpegJ4lXaRuaDEAI1XtZqXkFgFNpB53xCb';
  const RSA =
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC1/sV5iSGt30M7IvGbluHeq+c4Au15ByvNjXBqB4CSUIOKXQKtDpRK5c8xqX3bpVfKGqhlQ9OPrX7p1BMqWt3GFWrnNBUO9ZUNaRae8/ZaLe4o3U6SI1fQMNlG3+0jAE7YtPdZYpDrMt0gprQ+iGaFPXWde7ec12i/ya/qrbL2cCxPZ97mD8L7uhQdODuG/PhC10kfNeD4BO2In7H/QBCPSTomc8CgMF9K+7NZaZ7VoLA3I8Yx/5X6bSJg0fbg/peR1eUUCicu+UIILbGqR85uYQeTvrcQIsQGmhONb0vKvziuPzJerp1OvWtZY/tEpO2h5sKUPEWkZw2RFNqmt7HP';
  const ECDSA =
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBNjyoscH2Gt3G5RY3Yj9Y8OI21B/c5M9oXB0+DDghP7uyDnfp+uhYYLtNA3pkLG7qVL44qN0lf500Lg6we4tTxI=';

  it('takes the public keys that ssh-keygen makes, but for ECDSA', () => {
    expect([ED25519, `${ED25519} me@host`, `${RSA} a b\n`].map(sshKeyFault)).toEqual([undefined, undefined, undefined]);
    expect(sshKeyFault(ECDSA)?.message).toContain('ecdsa-sha2-nistp256');
  });

  it('takes no public key of which a character is missing', () => {
    for (const key of [ED25519, RSA]) {
      for (const length of [12, 20, 40, key.length - 4]) expect(sshKeyFault(key.slice(0, length))).toBeDefined();
    }
  });

  it('takes no key whose body is of another type than its first word, however well it fits', () => {
    const [type = '', body = ''] = RSA.split(' ');
    const other = Buffer.from(body, 'base64');
    other.write('ssh-rsb', 4, 'latin1');
    expect(sshKeyFault(`${type} ${other.toString('base64')}`)?.message).toContain('not the body of such a key');
  });

  it('knows networks, and what they begin with', () => {
    for (const good of ['10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '192.168.1.128/25', '255.255.255.255/32']) {
      expect(isNetwork(parseNetwork(good)), good).toBe(true);
    }
    for (const bad of [
      '10.0.0.0/08',
      '10.0.0.1/31',
      '10.0.0.0/-1',
      '10.0.0.0/',
      '/24',
      '10.0.0.0/24/1',
      '010.0.0.0/8',
      '',
    ]) {
      expect(isNetwork(parseNetwork(bad)), bad).toBe(false);
    }
    const found = parseNetwork('172.16.9.200/22');
    expect('fix' in found && found.fix).toContain('172.16.8.0/22');
  });

  it('reads ids of subnets whatever the letter case of their words', () => {
    const id =
      '/SUBSCRIPTIONS/2F1C8A34-5b7e-4d0f-9c26-8e3a71b5d940/resourcegroups/RG/providers/microsoft.network/virtualnetworks/V/subnets/S';
    expect(parseSubnetId(id)).toEqual({
      subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
      resourceGroupName: 'RG',
      virtualNetwork: 'V',
      subnet: 'S',
    });
    expect(parseSubnetId(`${id}/x`)).toBeUndefined();
  });

  it('knows machines of Arm by the p in their size', () => {
    expect(['Standard_D2ps_v5', 'Standard_D2plds_v5', 'Standard_E4ps_v6'].every(isArmSize)).toBe(true);
    expect(['Standard_D2s_v5', 'Standard_DS2_v2', 'Standard_NP10s', 'Standard_B2ms'].some(isArmSize)).toBe(false);
  });
});
