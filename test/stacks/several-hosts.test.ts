import { expect, it } from 'vitest';
import type { PlannedBackend, PlannedListener } from '../../src/model';
import { azureListener, azureRouter, azureShard } from '../constructs/support/azure-plans';
import { listener, router, shard } from '../constructs/support/plans';
import { at, has, type Tree, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { rulesOf } from './support/security-rules';
import { evaluate } from './support/terraform';

/** The listener with these hosts; those of digits are addresses. */
function reaching<B extends PlannedBackend>(
  { backends: [backend], ...rest }: PlannedListener<B>,
  [first, ...others]: readonly [string, ...string[]],
): PlannedListener<B> {
  const host = (name: string) => ({ name, literal: /^[\d.]+$/.test(name) });
  return { ...rest, backends: [{ ...backend, hosts: [host(first), ...others.map(host)] }] };
}

/** Shard s1 of AWS, worked out by Terraform with these answers of name servers. */
function computed(tree: Tree, answers: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
  const own = Object.entries(at(tree, 'locals')).filter(([, value]) => !String(value).includes('aws_'));
  const text = JSON.stringify({
    locals: {
      ...Object.fromEntries(own),
      vpc_cidrs: ['10.20.0.0/16'],
      answers: Object.fromEntries(Object.entries(answers).map(([key, addrs]) => [key, { addrs }])),
    },
    output: {
      attachments: { value: '${local.s1_attachments}' },
      egress: { value: '${local.s1_egress}' },
      questions: { value: at(tree, 'data', 'dns_a_record_set', 's1_address').for_each },
    },
  });
  return evaluate(JSON.parse(text.replaceAll('data.dns_a_record_set.s1_address', 'local.answers'))) as Record<
    string,
    unknown
  >;
}

const PLANNED = { resolution: 'plan', addresses: [] } as const;
const BESIDE = listener('alone', 10001, PLANNED);

describeUnless(lacking(['terraform']), 'several hosts of a target on AWS', () => {
  const both = reaching(listener('db', 10000, { ...PLANNED, addresses: ['10.20.9.9'] }), [
    '10.20.9.9',
    'a.corp.example',
    'b.corp.example',
  ]);
  const tree = terraformOf(router([shard(1, [both, BESIDE])]));

  it('are asked for one by one, and share the target group: an address that two have is attached once', () => {
    const { attachments, egress, questions } = computed(tree, {
      'db/a.corp.example': ['10.20.1.1', '10.20.1.2'],
      'db/b.corp.example': ['10.20.1.2', '10.99.0.1'],
      'alone/alone.corp.example': ['10.20.1.2'],
    });
    expect(questions).toEqual({
      'db/a.corp.example': { target: 'db', host: 'a.corp.example' },
      'db/b.corp.example': { target: 'db', host: 'b.corp.example' },
      'alone/alone.corp.example': { target: 'alone', host: 'alone.corp.example' },
    });
    expect(Object.keys(attachments as object)).toEqual([
      'alone-0a1b2c3d/10.20.1.2',
      'db-0a1b2c3d/10.20.1.1',
      'db-0a1b2c3d/10.20.1.2',
      'db-0a1b2c3d/10.20.9.9',
      'db-0a1b2c3d/10.99.0.1',
    ]);
    expect(Object.keys(egress as object)).toEqual(['5432/10.20.0.0/16', '5432/10.99.0.1/32']);
  });

  it('change nothing of the target group, and nothing at all of a shard without them', () => {
    const group = (listeners: Parameters<typeof shard>[1]) =>
      at(terraformOf(router([shard(1, listeners)])), 'resource', 'aws_lb_target_group', 's1_target');
    expect(group([both, BESIDE])).toEqual(group([listener('db', 10000, PLANNED), BESIDE]));
    const alone = terraformOf(router([shard(1, [BESIDE]), shard(2, [both])]));
    expect(at(alone, 'locals', 's1_targets')).toEqual(
      at(terraformOf(router([shard(1, [BESIDE])])), 'locals', 's1_targets'),
    );
    expect(at(alone, 'data', 'dns_a_record_set', 's1_address').for_each).toBe(
      '${{ for name, t in local.s1_targets : name => t if t.resolution == "plan" }}',
    );
  });

  it('need no name server where all addresses are known', () => {
    const known = reaching(listener('db', 10000, { addresses: ['10.20.1.1', '10.20.1.2'] }), [
      'a.corp.example',
      'b.example',
    ]);
    const fixed = terraformOf(router([shard(1, [known])]));
    expect(at(fixed, 'locals', 's1_targets', 'db')).toMatchObject({
      host: 'a.corp.example, b.example',
      hosts: [],
      resolution: 'fixed',
    });
    expect(has(fixed, 'data', 'dns_a_record_set')).toBe(false);
  });
});

describeUnless(lacking(['terraform']), 'several hosts of a target on Azure', () => {
  it('are all let out to: addresses each by itself, names on the ports of names', () => {
    const hosts = ['10.1.2.3', '10.1.2.4', 'c.corp.example'] as const;
    const [rules] = rulesOf([
      azureRouter([
        azureShard(1, [
          reaching(azureListener('a', 10000, { port: 1521 }), hosts),
          azureListener('b', 10001, { port: 3306, host: '10.1.2.5', literal: true }),
          azureListener('c', 10002),
        ]),
      ]),
    ]);
    const literal = rules?.find(({ name }) => name === 'addresses');
    expect(literal?.destination_address_prefixes).toEqual(['10.1.2.3', '10.1.2.4', '10.1.2.5']);
    expect(literal?.destination_port_ranges).toEqual(['1521', '3306']);
    const ports = rules?.flatMap(({ name, destination_port_ranges: ranges }) => (name === 'targets' ? [ranges] : []));
    expect(ports).toContainEqual(['1521', '5432']);
  });
});
