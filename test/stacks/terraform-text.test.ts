import fc from 'fast-check';
import { expect, it } from 'vitest';
import { azureListener, azureRouter, azureShard } from '../constructs/support/azure-plans';
import { listener, router, shard, TCP_CHECK } from '../constructs/support/plans';
import { at, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { normal, text } from './support/nasty-text';
import { evaluate } from './support/terraform';

describeUnless(lacking(['terraform']), 'text of the inventory through a real terraform', () => {
  it('comes out as it went in: tags by key and value, hosts, domains, health check paths, outputs', () => {
    const samples = fc.sample(fc.tuple(text, text), { numRuns: 500 });
    const listeners = samples.map(([one, other], i) => {
      const healthCheck = { ...TCP_CHECK, protocol: 'HTTP' as const, path: one, matcher: other };
      return listener(`t${i}`, 10000 + i, { host: one, domain: other, healthCheck });
    });
    const tags = Object.fromEntries(samples.map(([one, other], i) => [`${i}-${one}`, other]));
    const domains = samples.map(([one]) => one);
    const tree = terraformOf(router([shard(1, listeners, { domains })], { tags }));
    const got = evaluate({
      locals: Object.fromEntries(['tags', 's1_targets', 'connections'].map((name) => [name, at(tree, 'locals', name)])),
      output: {
        tags: { value: '${local.tags}' },
        targets: { value: '${local.s1_targets}' },
        connections: at(tree, 'output', 'connections'),
        domains: { value: at(tree, 'resource', 'databricks_mws_ncc_private_endpoint_rule', 's1', 'domain_names') },
      },
    });
    samples.forEach(([given, also], i) => {
      const [one, other] = [normal(given), normal(also)];
      expect(at(got, 'tags', normal(`${i}-${given}`))).toBe(other);
      expect(at(got, 'targets', `t${i}`)).toMatchObject({ host: one, domain: other });
      expect(at(got, 'targets', `t${i}`, 'health_check')).toMatchObject({ path: one, matcher: other });
      expect(at(got, 'connections', `t${i}`)).toMatchObject({ host: one, domain: other });
      expect(at(got, 'domains', String(i))).toBe(one);
    });
  });

  it('comes out as it went in on Azure: tags, hosts, domains, checks, name servers, what firewalls admit', () => {
    const samples = fc.sample(fc.tuple(text, text), { numRuns: 250 });
    const listeners = samples.map(([one, other], i) => {
      const healthCheck = { ...TCP_CHECK, protocol: 'HTTP' as const, path: one, matcher: other };
      return azureListener(`t${String(i).padStart(3, '0')}`, 10000 + i, { host: one, domain: other, healthCheck });
    });
    const tags = Object.fromEntries(samples.map(([one, other], i) => [`${i}-${one}`, other]));
    const domains = samples.map(([one]) => one);
    const resolvers = samples.map(([, other]) => other);
    const tree = terraformOf(azureRouter([azureShard(1, listeners, { domains })], { tags, resolvers }));
    const names = ['tags', 'p1_targets', 'forwarder', 'connections', 'firewall_destinations'];
    const got = evaluate({
      locals: Object.fromEntries(names.map((name) => [name, at(tree, 'locals', name)])),
      output: {
        ...Object.fromEntries(names.map((name) => [name, { value: `\${local.${name}}` }])),
        domains: { value: at(tree, 'resource', 'databricks_mws_ncc_private_endpoint_rule', 's1', 'domain_names') },
      },
    });
    samples.forEach(([given, also], i) => {
      const [one, other] = [normal(given), normal(also)];
      const target = `t${String(i).padStart(3, '0')}`;
      expect(at(got, 'tags', normal(`${i}-${given}`))).toBe(other);
      expect(at(got, 'p1_targets', target)).toMatchObject({ host: one, check: { path: one, matcher: other } });
      expect(at(got, 'forwarder', 'resolvers', String(i))).toBe(other);
      expect(at(got, 'connections', target)).toMatchObject({ host: one, domain: other });
      expect(at(got, 'firewall_destinations', String(i))).toMatchObject({ destination: one });
      expect(at(got, 'domains', String(i))).toBe(one);
    });
  });
});
