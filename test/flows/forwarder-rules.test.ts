import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Admission, FORWARDER_RULES, flowsOf, type Hop } from '../../src/flows';
import { ENGINES, FORWARDER_PORTS } from '../../src/forwarder';
import { limit } from '../../src/limits';
import type { PlannedAzureRouter } from '../../src/model';
import { at, type Tree, terraformOf } from '../constructs/support/synthesized';
import { rulesOf, type SecurityRule } from '../stacks/support/security-rules';
import { runs } from '../support/runs';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { AZURE_ROUTERS, hostsOf } from './routers';

type Group = Extract<Admission, { kind: 'forwarder-security-group' }>;

/** A hop that a rule of the machines' group admits. */
interface Guarded extends Pick<Hop, 'port' | 'protocol' | 'to'> {
  readonly rule: string;
}

function guardedHops(router: PlannedAzureRouter): readonly Guarded[] {
  const hops = flowsOf(router).flatMap((flow): readonly Hop[] => flow.hops);
  return hops.flatMap(({ admittedBy, port, protocol, to }) =>
    admittedBy
      .filter((one): one is Group => one.kind === 'forwarder-security-group')
      .map(({ rule }) => ({ rule, port, protocol, to })),
  );
}

describe('the rules of the machines’ security group', () => {
  it('have names and priorities of their own, within those of Azure and before the denials', () => {
    expect(new Set(FORWARDER_RULES.map(({ name }) => name)).size).toBe(FORWARDER_RULES.length);
    for (const direction of ['Inbound', 'Outbound']) {
      const priorities = FORWARDER_RULES.filter((rule) => rule.direction === direction).map(({ priority }) => priority);
      expect(priorities).toEqual([...new Set(priorities)].sort((a, b) => a - b));
      expect(priorities.at(0)).toBeGreaterThanOrEqual(limit('azure.securityRulePriorityMin').value);
      expect(priorities.at(-1)).toBeLessThan(limit('azure.securityRulePriorityMax').value);
    }
  });

  it('are emitted as the table has them, with the denials behind', () => {
    fc.assert(
      fc.property(AZURE_ROUTERS, (router) => {
        const tree = terraformOf(router);
        const nobody = (router.azure.forwarder.ssh?.from ?? []).length === 0;
        for (const { key } of router.pools) {
          const rules = at<Tree[]>(tree, 'locals', `${key}_security_rules`);
          expect(rules.map(({ name, direction, priority, access }) => [name, direction, priority, access])).toEqual([
            ...FORWARDER_RULES.filter(({ name }) => name !== 'ssh' || !nobody).map(({ name, direction, priority }) => [
              name,
              direction,
              priority,
              'Allow',
            ]),
            ['rest', 'Inbound', 4096, 'Deny'],
            ['outbound-rest', 'Outbound', 4096, 'Deny'],
          ]);
        }
      }),
      { numRuns: runs(6) },
    );
  });
});

describeUnless(lacking(['terraform']), 'the rules of the machines’ security group, as Terraform works them out', () => {
  // Of one pool each, since the support gives the rules of the first.
  const routers = fc.sample(
    AZURE_ROUTERS.filter(({ pools }) => pools.length === 1),
    12,
  );
  /** Every rule that admits something and is whole enough for Azure to take it. */
  const inForce = (rules: readonly SecurityRule[]): readonly SecurityRule[] =>
    rules.filter(({ access }) => access === 'Allow');
  it.each([
    ['in a network that exists and gives name servers', false, ['192.0.2.53']],
    ['in a network of our own, which gives none', true, []],
  ] as const)('admit each hop, and each has a hop for each of its ports: %s', (_, own, nameServers) => {
    const these = routers.filter(({ azure }) => (azure.network.addressSpace !== undefined) === own);
    const evaluated = rulesOf(these, nameServers);
    these.forEach((router, i) => {
      const hops = guardedHops(router);
      const rules = inForce(evaluated[i] ?? []);
      expect(new Set(rules.map(({ name }) => name))).toEqual(new Set(hops.map(({ rule }) => rule)));
      for (const { rule, port, protocol, to } of hops) {
        const found = rules.find(({ name }) => name === rule);
        expect(found !== undefined && portsOf(found).includes(port), `${rule} ${port}`).toBe(true);
        expect(['*', protocol]).toContain(found?.protocol.toLowerCase());
        if (to.kind === 'target' && to.literal) expect(found?.destination_address_prefixes).toContain(to.host);
      }
      for (const found of rules) {
        const dialled = hops.filter(({ rule }) => rule === found.name).map(({ port }) => port);
        const needed = new Set([...dialled, ...unasked(router, found.name)]);
        for (const port of portsOf(found)) expect(needed, found.name).toContain(port);
      }
    });
  });

  /** Every port of a rule. */
  function portsOf({ destination_port_ranges: ranges }: SecurityRule): readonly number[] {
    return ranges.flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, n) => from + n);
    });
  }

  /** Ports that a rule admits and nobody asks: a rule knows neither that an engine makes no checks nor that of `ha-ports`. */
  function unasked(router: PlannedAzureRouter, rule: string): readonly number[] {
    const { azure } = router;
    if (rule === 'probes') return azure.loadBalancing === 'ha-ports' ? [FORWARDER_PORTS.ready] : [];
    if (!['targets', 'addresses'].includes(rule) || ENGINES[azure.forwarder.engine].capabilities.healthChecks)
      return [];
    return hostsOf(router).flatMap(({ healthCheck }) => healthCheck.port ?? []);
  }
});
