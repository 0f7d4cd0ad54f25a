import { describe, expect, it } from 'vitest';
import { type AdoptFinding, adopt, findRouter, readState } from '../../src/adopt';
import { CATALOGUE } from '../../src/errors';
import {
  attachments,
  ENDPOINTS,
  type Endpoint,
  endpointItems,
  GROUP,
  GROUP_RULE,
  groupArn,
  type Item,
  inModule,
  listener,
  loadBalancer,
  oldRouter,
  SERVICE,
  shown,
  targetGroup,
} from './sample';

const [MYSQL, POSTGRES] = ENDPOINTS as readonly [Endpoint, Endpoint];

function search(items: readonly Item[], wanted?: string) {
  const { resources = [] } = readState(shown(items));
  return findRouter(resources, wanted);
}

function errors({ findings }: { readonly findings: readonly AdoptFinding[] }): readonly AdoptFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** The old router in which some items have been replaced. */
function changed(change: (item: Item) => Item | readonly Item[]): Item[] {
  return oldRouter().flatMap((item) => change(item));
}

/** With other values at the only resource of a type, or at the one with this key. */
function having(type: string, over: Readonly<Record<string, unknown>>, key?: string, more: Partial<Item> = {}): Item[] {
  return changed((item) =>
    item.type === type && (key === undefined || item.key === key)
      ? { ...item, ...more, values: { ...item.values, ...over } }
      : item,
  );
}

const without = (type: string, key?: string): Item[] =>
  oldRouter().filter((item) => item.type !== type || (key !== undefined && !String(item.key).startsWith(key)));

describe('where a load balancer is', () => {
  const inRegion = (region: string, partition: string) => {
    const text = JSON.stringify(oldRouter())
      .replaceAll('arn:aws:', `arn:${partition}:`)
      .replaceAll('us-east-2', region);
    const { router } = search(JSON.parse(text) as Item[]);
    if (router === undefined) throw new Error('nothing was found');
    return adopt(router, { hosts: new Map() });
  };

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s: nothing is taken over where Databricks cannot connect', (region, partition) => {
    const { router, findings } = inRegion(region, partition);
    expect(router).toBeUndefined();
    expect(errors({ findings }).map(({ code, message }) => [code, message])).toEqual([
      ['PLR9122', expect.stringContaining(`${region}, in the partition ${partition}`)],
    ]);
  });

  it('GovCloud in the west is taken over, and asks which Databricks', () => {
    const { router, findings } = inRegion('us-gov-west-1', 'aws-us-gov');
    expect(router).toMatchObject({ partition: 'aws-us-gov', region: 'us-gov-west-1' });
    expect(findings.map(({ code }) => code)).toContain('PLR9118');
  });
});

describe('an old router', () => {
  it('is found by the relations of its resources, whatever their names, keys and order', () => {
    const { router, findings } = search(inModule(oldRouter(), 'module.router[0]'));
    expect(errors({ findings })).toEqual([]);
    expect(router?.loadBalancer.resource.address).toBe('module.router[0].aws_lb.lb');
    expect(router?.securityGroup?.values.id).toBe('sg-0123456789abcdef0');
    expect(router?.service?.values.id).toBe('vpce-svc-0123456789abcdef0');
    expect(
      router?.targets.map(({ listenerPort, port, addresses, group }) => [
        listenerPort,
        port,
        addresses,
        group.values.name,
      ]),
    ).toEqual([
      [10000, 3306, ['10.0.1.9', '10.0.1.10'], 'shared-router-nlb-tg-mysql'],
      [10001, 5432, ['10.0.2.20'], 'shared-router-nlb-tg-postgres'],
    ]);
    expect(router?.targets[0]).toMatchObject({
      keepsGroup: true,
      idleTimeout: 350,
      drain: 300,
      healthCheck: { protocol: 'TCP', interval: 30, timeout: 10, healthyThreshold: 3, unhealthyThreshold: 3 },
    });
    expect(router?.leftovers.map(({ address }) => address)).toEqual([
      'module.router[0].aws_security_group_rule.nlb_egress',
    ]);
  });

  it('is found where the listener says it in the longer form, and under the older names of the types', () => {
    const forward = [
      { type: 'forward', target_group_arn: '', forward: [{ target_group: [{ arn: groupArn('mysql'), weight: 1 }] }] },
    ];
    const renamed = having('aws_lb_listener', { default_action: forward }, MYSQL.id).map((item) => ({
      ...item,
      type: item.type.replace(/^aws_lb/, 'aws_alb'),
    }));
    expect(search(renamed).router?.targets).toHaveLength(2);
  });

  it('leaves alone what belongs to another load balancer', () => {
    const other = loadBalancer({ arn: 'arn:x', name: 'other' }, { name: 'other' });
    const foreign = listener(MYSQL, 443, { load_balancer_arn: 'arn:x', protocol: 'TLS' });
    const items = [...oldRouter(), other, { ...foreign, name: 'foreign' }];
    expect(errors(search(items)).map(({ code, message }) => `${code} ${message}`)).toEqual([
      'PLR9104 the state has 2 network load balancers (shared-router-nlb and other), and one router has one',
    ]);
    expect(search(items, 'shared-router-nlb').router?.targets).toHaveLength(2);
    expect(errors(search(items, 'nobody'))[0]?.message).toContain('no network load balancer of the name nobody');
  });

  it('warns of what nobody should overlook', () => {
    const warnings = search(oldRouter()).findings;
    expect(warnings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['PLR9115 warning', 'PLR9116 warning']);
    const narrow = having('aws_security_group_rule', { protocol: 'tcp', from_port: 5432, to_port: 5432 });
    expect(search(narrow).findings.map(({ code }) => code)).toContain('PLR9117');
    expect(search(without('aws_vpc_endpoint_service')).findings.map(({ code }) => code)).toContain('PLR9113');
    const { router, findings } = search(without('aws_security_group'));
    expect(findings.map(({ code }) => code)).toContain('PLR9114');
    expect(router).not.toHaveProperty('securityGroup');
    const lost = (items: readonly Item[]) =>
      search(items).findings.flatMap(({ code, message }) => (code === 'PLR9114' ? [message] : []));
    expect(lost(without('aws_security_group'))).toEqual([
      "shared-router-nlb loses the security group sg-0123456789abcdef0: this state holds none of them, so that it gets a new one of the router's",
    ]);
    const two = having('aws_lb', { security_groups: ['sg-0123456789abcdef0', 'sg-2'] });
    expect(lost(two)).toEqual(['shared-router-nlb loses the security group sg-2: it keeps sg-0123456789abcdef0 alone']);
    const both = [...two, { ...GROUP, name: 'second', values: { id: 'sg-2', name: 'second' } }];
    expect(lost(both)[0]).toContain(
      'loses the security groups sg-0123456789abcdef0 and sg-2: this state holds more than one',
    );
    expect(search(both).router?.leftovers.map(({ address }) => address)).toContain('aws_security_group.second');
  });

  it('forgets attachments that would be taken away after their successors were made, and makes a group anew whose port differs', () => {
    const portless = oldRouter().map((item) =>
      item.type === 'aws_lb_target_group_attachment' && String(item.key).startsWith(POSTGRES.id)
        ? { ...item, values: { ...item.values, port: null } }
        : item,
    );
    const first = search(portless).router;
    expect(first?.targets[1]).toMatchObject({ port: 5432, keepsGroup: true, attachments: [] });
    expect(first?.leftovers.map(({ type }) => type)).toContain('aws_lb_target_group_attachment');
    const other = search(having('aws_lb_target_group', { port: 10001 }, POSTGRES.id));
    expect(other.findings.map(({ code }) => code)).toContain('PLR9112');
    expect(other.router?.targets[1]).toMatchObject({ port: 5432, keepsGroup: false, attachments: [] });
  });

  it('brings along the acceptance and the rule in Databricks, and forgets what would take a principal away', () => {
    const items: Item[] = [
      ...oldRouter(),
      {
        type: 'databricks_mws_ncc_private_endpoint_rule',
        name: 'rule',
        values: {
          endpoint_service: SERVICE.values.service_name,
          network_connectivity_config_id: 'ncc',
          rule_id: 'rule',
        },
      },
      {
        type: 'aws_vpc_endpoint_connection_accepter',
        name: 'accepted',
        values: { vpc_endpoint_service_id: SERVICE.values.id, vpc_endpoint_id: 'vpce-0a1b' },
      },
      {
        type: 'aws_vpc_endpoint_service_allowed_principal',
        name: 'databricks',
        values: { vpc_endpoint_service_id: SERVICE.values.id, principal_arn: 'arn:aws:iam::1:role/x' },
      },
    ];
    const { router } = search(items);
    expect(router?.rule?.values.rule_id).toBe('rule');
    expect(router?.accepter?.values.vpc_endpoint_id).toBe('vpce-0a1b');
    expect(router?.leftovers.map(({ type }) => type)).toContain('aws_vpc_endpoint_service_allowed_principal');
  });
});

describe('what cannot be taken over is refused with the reason', () => {
  const group = (over: Readonly<Record<string, unknown>>) => having('aws_lb_target_group', over, MYSQL.id);
  const many = Array.from({ length: 51 }, (_, index): Endpoint => {
    return { id: `h${index}.corp.acme.com`, port: 5432, name: `t${index}`, addresses: ['10.0.3.1'] };
  });
  const cases: readonly (readonly [what: string, items: readonly Item[], expected: string])[] = [
    ['no load balancer', without('aws_lb'), 'PLR9103 the state has no network load balancer: it has no load balancer'],
    ['an application load balancer', having('aws_lb', { load_balancer_type: 'application' }), 'PLR9103'],
    [
      'one that faces the internet',
      having('aws_lb', { internal: false }),
      'PLR9105 shared-router-nlb faces the internet',
    ],
    [
      'one without a security group',
      having('aws_lb', { security_groups: [] }),
      'PLR9105 shared-router-nlb was made without a security group',
    ],
    ['a tainted one', having('aws_lb', {}, undefined, { tainted: true }), 'PLR9105 aws_lb.lb is marked as tainted'],
    [
      'a tainted listener',
      having('aws_lb_listener', {}, MYSQL.id, { tainted: true }),
      'PLR9105 aws_lb_listener.listener["mysql.corp.acme.com"] is marked',
    ],
    ['no listener', without('aws_lb_listener'), 'PLR9106 shared-router-nlb has no listener'],
    ['more listeners than a load balancer has', oldRouter(many), 'PLR9105 shared-router-nlb has 51 listeners'],
    [
      'a TLS listener',
      having('aws_lb_listener', { protocol: 'TLS' }, MYSQL.id),
      'PLR9106 the listener on port 10000 speaks TLS',
    ],
    [
      'a UDP listener',
      having('aws_lb_listener', { protocol: 'UDP' }, MYSQL.id),
      'PLR9106 the listener on port 10000 speaks UDP',
    ],
    [
      'a listener that does something else',
      having('aws_lb_listener', { default_action: [{ type: 'redirect' }] }, MYSQL.id),
      'PLR9106 the listener on port 10000 does not simply forward',
    ],
    [
      'a listener with two groups',
      having(
        'aws_lb_listener',
        { default_action: [{ type: 'forward', forward: [{ target_group: [{ arn: 'a' }, { arn: 'b' }] }] }] },
        MYSQL.id,
      ),
      'PLR9106 the listener on port 10000 does not simply forward',
    ],
    [
      'a group that is elsewhere',
      without('aws_lb_target_group', MYSQL.id),
      'PLR9106 the listener on port 10000 forwards to a target group that is not in this state',
    ],
    [
      'a group of two listeners',
      [...oldRouter(), { ...listener(MYSQL, 10009), key: 'again' }],
      'PLR9106 the listener on port 10009 forwards to shared-router-nlb-tg-mysql, and so does aws_lb_listener.listener["mysql.corp.acme.com"]',
    ],
    [
      'targets that are instances',
      group({ target_type: 'instance' }),
      'PLR9107 shared-router-nlb-tg-mysql has targets of type instance',
    ],
    [
      'a target that is a load balancer',
      group({ target_type: 'alb' }),
      'PLR9107 shared-router-nlb-tg-mysql has targets of type alb',
    ],
    ['a group of TCP and UDP', group({ protocol: 'TCP_UDP' }), 'PLR9107 shared-router-nlb-tg-mysql speaks TCP_UDP'],
    ['a group of another VPC', group({ vpc_id: 'vpc-1' }), 'PLR9107 shared-router-nlb-tg-mysql is of vpc-1'],
    [
      'proxy protocol',
      group({ proxy_protocol_v2: true }),
      'PLR9107 shared-router-nlb-tg-mysql sends the header of proxy protocol v2',
    ],
    [
      'a group without addresses',
      without('aws_lb_target_group_attachment', MYSQL.id),
      'PLR9107 shared-router-nlb-tg-mysql has no address',
    ],
    [
      'an IPv6 address',
      [...oldRouter(), ...attachments({ ...MYSQL, addresses: ['2001:db8::1'] })],
      'PLR9107 shared-router-nlb-tg-mysql has 2001:db8::1',
    ],
    [
      'two ports',
      [...oldRouter(), ...attachments({ ...MYSQL, addresses: ['10.0.1.11'] }, { port: 3307 })],
      'PLR9107 shared-router-nlb-tg-mysql has addresses on different ports',
    ],
    [
      'two services',
      [...oldRouter(), { ...SERVICE, name: 'second' }],
      'PLR9108 aws_vpc_endpoint_service.privatelink and aws_vpc_endpoint_service.second all lead to shared-router-nlb',
    ],
    [
      'a service of two load balancers',
      having('aws_vpc_endpoint_service', { network_load_balancer_arns: [loadBalancer().values.arn, 'b'] }),
      'PLR9108',
    ],
    ['a value of another form', having('aws_lb', { subnets: 'none' }), 'PLR9102 subnets of aws_lb.lb has not the form'],
  ];

  it.each(cases)('%s', (_, items, expected) => {
    const result = search(items);
    expect(result.router).toBeUndefined();
    const found = errors(result);
    expect(found.map(({ code, message }) => `${code} ${message}`).join('\n')).toContain(expected);
    expect(found).toHaveLength(1);
    for (const { code, fix } of found) {
      expect(Object.keys(CATALOGUE)).toContain(code);
      expect(fix).toMatch(/\.$/);
    }
  });

  it('all at once', () => {
    const items = [
      loadBalancer({ internal: false }),
      GROUP,
      GROUP_RULE,
      SERVICE,
      ...endpointItems(MYSQL, 10000).map((item) =>
        item.type === 'aws_lb_listener' ? { ...item, values: { ...item.values, protocol: 'TLS' } } : item,
      ),
      targetGroup(POSTGRES, { target_type: 'instance' }),
      listener(POSTGRES, 10001),
    ];
    expect(errors(search(items)).map(({ code }) => code)).toEqual(['PLR9105', 'PLR9106', 'PLR9107']);
  });
});
