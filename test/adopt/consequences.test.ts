import { describe, expect, it } from 'vitest';
import {
  type AdoptedRouter,
  adopt,
  findRouter,
  inventoryText,
  lockEntry,
  moduleFiles,
  readState,
  stackFiles,
} from '../../src/adopt';
import { adoptCodes } from '../../src/errors/adopt-codes';
import { ENDPOINTS, type Item, oldRouter, SERVICE, shown } from './sample';

/** What came of a state: the findings, and where nothing forbids it the files. */
function taken(items: readonly Item[]) {
  const search = findRouter(readState(shown(items)).resources ?? []);
  const adopted = search.router === undefined ? undefined : adopt(search.router, { hosts: new Map() });
  const router = adopted?.router;
  const findings = [...search.findings, ...(adopted?.findings ?? [])];
  return { codes: findings.map(({ code }) => code), router, ...(router === undefined ? {} : filesOf(router)) };
}

function filesOf(router: AdoptedRouter) {
  const text = (files: readonly { readonly name: string; readonly text: string }[], name: string): string =>
    files.find((file) => file.name === name)?.text ?? '';
  return {
    lock: lockEntry(router),
    inventory: inventoryText(router, undefined),
    moved: text(moduleFiles(router, { source: 'x', imports: false }), 'adopt.tf'),
    imported: text(stackFiles(router, undefined), 'import.tf'),
    forgotten: text(stackFiles(router, undefined), 'forget.tf'),
  };
}

/** The old router with other values at the resources of a type; `key` picks those of one endpoint. */
function having(type: string, over: Readonly<Record<string, unknown>>, key = ''): Item[] {
  return oldRouter().map((item) =>
    item.type === type && String(item.key ?? '').startsWith(key)
      ? { ...item, values: { ...item.values, ...over } }
      : item,
  );
}

const without = (type: string): Item[] => oldRouter().filter((item) => item.type !== type);
const [MYSQL] = ENDPOINTS;
const TO = 'module.shared-router.';
const moved = (from: string, to: string): string => `moved {\n  from = ${from}\n  to   = ${to}\n}`;
const PLAIN = taken(oldRouter());

/** Each finding that lets the state be taken over: a state that has it, and what lock and blocks then say. */
const HEEDED: Readonly<Record<string, readonly [items: Item[], follows: (got: ReturnType<typeof taken>) => void]>> = {
  PLR9109: [
    oldRouter().filter(({ mode }) => mode !== 'data'),
    ({ lock, inventory, imported }) => {
      expect(Object.values(lock?.targets ?? {}).map(({ listenerPort }) => listenerPort)).toEqual([10000, 10001]);
      expect(inventory).toContain('COMPLETE: the host that port 10000 leads to');
      expect(imported).toContain('to = aws_lb_listener.s1_listener["mysql"]');
    },
  ],
  PLR9112: [
    having('aws_lb_target_group', { port: 10001 }, MYSQL?.id),
    ({ lock, imported, moved: call }) => {
      expect(lock?.targets.mysql).toMatchObject({ listenerPort: 10000, port: 3306 });
      // The new group is named as any, and the old one goes once the listener has left it.
      expect(lock?.targets.mysql).not.toHaveProperty('targetGroupName');
      expect(lock?.targets.postgres).toHaveProperty('targetGroupName', 'shared-router-nlb-tg-postgres');
      expect(imported).toContain('to = aws_lb_target_group.s1_target["mysql"]');
      expect(call).not.toContain('"shared-router-nlb-tg-mysql/');
    },
  ],
  PLR9113: [
    without('aws_vpc_endpoint_service'),
    ({ lock, imported, moved: call }) => {
      expect(lock?.targets).toEqual(PLAIN.lock?.targets);
      expect(`${imported}${call}`).not.toContain('aws_vpc_endpoint_service');
    },
  ],
  PLR9114: [
    without('aws_security_group'),
    ({ lock, imported, moved: call }) => {
      expect(JSON.stringify(lock)).not.toContain('securityGroupName');
      expect(call).not.toContain('security_group_name');
      expect(`${imported}${call}`).not.toContain('aws_security_group.s1_load_balancer');
    },
  ],
  PLR9115: [
    oldRouter(),
    ({ lock, moved: call, imported }) => {
      expect(JSON.stringify(lock)).toContain('"loadBalancerName":"shared-router-nlb"');
      expect(call).toContain(moved('aws_lb.lb', `${TO}aws_lb.this`));
      expect(imported).toMatch(/to = aws_lb\.s1\n {2}id = "arn:aws:elasticloadbalancing:/);
    },
  ],
  PLR9116: [
    oldRouter(),
    ({ moved: call, forgotten, imported }) => {
      const left = 'aws_security_group_rule.shared-router_left_behind';
      for (const text of [call, forgotten]) {
        expect(text).toContain(`${left}["0"]`);
        expect(text).toContain(`removed {\n  from = ${left}\n\n  lifecycle {\n    destroy = false`);
      }
      expect(imported).not.toContain('aws_security_group_rule');
    },
  ],
  PLR9117: [
    having('aws_security_group_rule', { protocol: 'tcp', from_port: 5432, to_port: 5432 }),
    ({ moved: call }) => {
      expect(call).toContain('aws_security_group_rule.shared-router_left_behind["0"]');
      expect(call).not.toContain('aws_vpc_security_group_egress_rule');
    },
  ],
  PLR9118: [
    JSON.parse(
      JSON.stringify(oldRouter()).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('us-east-2', 'us-gov-west-1'),
    ) as Item[],
    ({ inventory, lock, imported }) => {
      expect(inventory).toContain('COMPLETE: civilian or dod.\n      govcloud:');
      expect(JSON.stringify(lock)).toContain('us-gov-west-1');
      expect(imported).toContain('id = "arn:aws-us-gov:');
    },
  ],
  PLR9121: [
    having('aws_vpc_endpoint_service', { allowed_principals: ['arn:aws:iam::1:root'] }),
    ({ inventory, moved: call }) => {
      expect(call).toContain(moved('aws_vpc_endpoint_service.privatelink', `${TO}aws_vpc_endpoint_service.this`));
      expect(`${inventory}${call}`).not.toContain('arn:aws:iam::1:root');
    },
  ],
  PLR9123: [
    having('aws_vpc_endpoint_service', { acceptance_required: false }),
    ({ lock, moved: call, imported }) => {
      expect(lock).toEqual(PLAIN.lock);
      // Nobody accepts by itself what the old service let in: that is said by hand.
      expect(call).toMatch(/approval +=+ "manual"/);
      expect(imported).toContain(`to = aws_vpc_endpoint_service.s1\n  id = "${SERVICE.values.id}"`);
    },
  ],
  PLR9124: [
    having('aws_vpc_endpoint_service', { supported_ip_address_types: ['ipv4', 'ipv6'] }),
    ({ lock, imported }) => {
      expect(lock).toEqual(PLAIN.lock);
      expect(imported).toBe(PLAIN.imported);
    },
  ],
  PLR9125: [
    having('aws_lb', { ip_address_type: 'dualstack' }),
    ({ lock, imported, moved: call }) => {
      expect(lock).toEqual(PLAIN.lock);
      expect(imported).toBe(PLAIN.imported);
      expect(call).toBe(PLAIN.moved);
    },
  ],
};

describe('what follows of each finding', () => {
  it.each(Object.entries(HEEDED))('%s: lock, inventory and blocks', (code, [items, follows]) => {
    const got = taken(items);
    expect(got.codes).toContain(code);
    expect(got.router).toBeDefined();
    follows(got);
  });

  it('is nothing where a finding refuses: no lock and no block', () => {
    const refusals: readonly (readonly [string, Item[]])[] = [
      ['PLR9103', without('aws_lb')],
      ['PLR9104', [...oldRouter(), ...second()]],
      ['PLR9105', having('aws_lb', { internal: false })],
      ['PLR9106', having('aws_lb_listener', { protocol: 'TLS' }, MYSQL?.id)],
      ['PLR9107', having('aws_lb_target_group', { target_type: 'instance' }, MYSQL?.id)],
      ['PLR9108', having('aws_vpc_endpoint_service', { network_load_balancer_arns: [lbArn(), 'arn:y'] })],
    ];
    for (const [code, items] of refusals) {
      const got = taken(items);
      expect(got.codes, code).toContain(code);
      expect(got.router, code).toBeUndefined();
    }
  });

  it('is told of IPv6 and of acceptance only where they change', () => {
    for (const over of [
      { acceptance_required: true, supported_ip_address_types: ['ipv4'] },
      { acceptance_required: null, supported_ip_address_types: null },
      {},
    ]) {
      const { codes } = taken(having('aws_vpc_endpoint_service', over));
      expect(codes.filter((code) => ['PLR9123', 'PLR9124', 'PLR9125'].includes(code))).toEqual([]);
    }
    expect(taken(having('aws_vpc_endpoint_service', { supported_ip_address_types: ['ipv6'] })).codes).toContain(
      'PLR9124',
    );
  });

  it('is asserted for every warning that a state can raise', () => {
    const told = Object.keys(HEEDED);
    // PLR9120 is about a rule that no state has, and the command line tells it; the others refuse, or are about files.
    const elsewhere = ['PLR9101', 'PLR9102', 'PLR9110', 'PLR9111', 'PLR9119', 'PLR9120', 'PLR9122'];
    const refusing = ['PLR9103', 'PLR9104', 'PLR9105', 'PLR9106', 'PLR9107', 'PLR9108'];
    expect(Object.keys(adoptCodes).sort()).toEqual([...told, ...elsewhere, ...refusing].sort());
  });
});

function lbArn(): string {
  return String(oldRouter().find(({ type }) => type === 'aws_lb')?.values.arn);
}

function second(): Item[] {
  return oldRouter()
    .filter(({ type }) => type === 'aws_lb')
    .map((item) => ({ ...item, name: 'second', values: { ...item.values, arn: 'arn:z', name: 'second' } }));
}
