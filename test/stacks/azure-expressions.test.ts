import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { synthesize } from '../../stacks';
import { azureListener, azureRouter, azureShard, placeWith } from '../constructs/support/azure-plans';
import { plan } from '../constructs/support/plans';
import { at, type Tree, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { evaluate } from './support/terraform';

/** Locals of a stack by name, and what of them refers to resources as values given instead. */
function picked(tree: Tree, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, at(tree, 'locals', name)]));
}

const PORTS = ['p1_targets', 'p1_ports', 'p1_port_range_starts', 'p1_port_range_ends', 'p1_port_ranges'];

describeUnless(lacking(['terraform']), 'what terraform computes of a pool', () => {
  it('makes of any set of ports the fewest ranges that cover exactly them', () => {
    const ports = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 65534 })), {
      maxLength: 40,
    });
    const samples = [[], [1], [9, 10, 11], [99, 100], [9999, 10000], [65534], ...fc.sample(ports, { numRuns: 25 })];
    const locals: Record<string, unknown> = {};
    const output: Record<string, unknown> = {};
    samples.forEach((sample, i) => {
      const listeners = sample.map((port) => azureListener(`t${port}`, port));
      const tree = terraformOf(azureRouter([azureShard(1, listeners)]));
      // Each sample's locals under names of their own, so that one run of terraform does for all.
      const text = JSON.stringify(picked(tree, PORTS)).replaceAll('p1_', `x${i}_`);
      Object.assign(locals, JSON.parse(text));
      output[`x${i}`] = { value: `\${local.x${i}_port_ranges}` };
    });
    const got = evaluate({ locals, output });
    samples.forEach((sample, i) => {
      const ranges = (got[`x${i}`] ?? []) as string[];
      const covered = ranges.flatMap((range) => {
        const [from = 0, to = from] = range.split('-').map(Number);
        return Array.from({ length: to - from + 1 }, (_, step) => from + step);
      });
      const wanted = [...sample].sort((a, b) => a - b);
      expect(covered).toEqual(wanted);
      expect(ranges.length).toBe(wanted.filter((port) => !wanted.includes(port - 1)).length);
    });
  });

  it('gives each shard the rules of its own targets, by port', () => {
    const shards = [
      azureShard(1, [azureListener('a', 10000), azureListener('b', 10002)]),
      azureShard(2, [azureListener('c', 10001)]),
      azureShard(3, []),
    ];
    const tree = terraformOf(azureRouter(shards));
    const names = ['s1_listeners', 's2_listeners', 's3_listeners'];
    const got = evaluate({
      locals: picked(tree, ['p1_targets', ...names]),
      output: Object.fromEntries(names.map((name) => [name, { value: `\${local.${name}}` }])),
    });
    expect(got).toEqual({
      s1_listeners: { 10000: 10000, 10002: 10002 },
      s2_listeners: { 10001: 10001 },
      s3_listeners: {},
    });
  });

  it('finds exactly the connection of our rule’s endpoint', () => {
    const tree = terraformOf(azureRouter([azureShard(1, [])]));
    const text = at<string>(tree, 'locals', 's1_connections').replace(
      'data.azurerm_private_link_service_endpoint_connections.s1.private_endpoint_connections',
      'local.all',
    );
    const connection = (name: string, status: string) => ({
      private_endpoint_name: name,
      status,
      connection_id: status,
    });
    const all = [
      connection('databricks-pe-1', 'Pending'),
      connection('Databricks-PE-2', 'Approved'),
      connection('databricks-pe-3', 'Rejected'),
      connection('databricks-pe-3', 'Disconnected'),
      connection('databricks-pe-12', 'Pending'),
      connection('', 'Pending'),
      connection('-', 'Rejected'),
    ];
    const found = (endpoint: string | null): unknown =>
      evaluate({
        locals: { all, s1_endpoint_name: endpoint, ours: text },
        output: { ours: { value: '${[for c in local.ours : c.private_endpoint_name]}' } },
      }).ours;
    expect(found('databricks-pe-1')).toEqual(['databricks-pe-1']);
    expect(found('databricks-pe-2')).toEqual(['Databricks-PE-2']);
    expect(found('databricks-pe-3')).toEqual([]);
    expect(found('')).toEqual([]);
    expect(found(null)).toEqual([]);
  });

  it('halves a network of our own as the documentation says', () => {
    const network = { addressSpace: '10.20.0.0/24' };
    const base = azureRouter([azureShard(1, [])]);
    const tree = terraformOf({ ...base, azure: { ...base.azure, network } });
    const names = ['address_space', 'vm_subnet_cidrs', 'nat_subnet_cidrs'];
    const got = evaluate({
      locals: picked(tree, names),
      output: Object.fromEntries(names.map((name) => [name, { value: `\${local.${name}}` }])),
    });
    expect(got).toEqual({
      address_space: '10.20.0.0/24',
      vm_subnet_cidrs: ['10.20.0.0/25'],
      nat_subnet_cidrs: ['10.20.0.192/26'],
    });
  });

  it.each(['haproxy', 'nginx', 'nftables'] as const)(
    'renders 299 targets with %s within what Azure takes',
    (engine) => {
      const listeners = Array.from({ length: 299 }, (_, i) =>
        azureListener(`target-${String(i).padStart(3, '0')}`, 10000 + i, {
          host: `database-${i}.region-${i % 7}.corp.example.com`,
        }),
      );
      const router = azureRouter([azureShard(1, listeners)], { azure: placeWith({ engine }) });
      const outdir = mkdtempSync(join(tmpdir(), 'plr-render-'));
      onTestFinished(() => rmSync(outdir, { recursive: true }));
      synthesize(plan(router), outdir);
      const stack = join(outdir, 'stacks', 'analytics-eus2');
      const tree = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as Tree;
      rmSync(join(stack, 'cdk.tf.json'));
      const names = [...PORTS, 'forwarder', 'bootstrap', 'p1_variables', 'p1_files', 'p1_apply_script'];
      const conditions = [
        at<{ condition: string }[]>(
          tree,
          ...['resource', 'azurerm_linux_virtual_machine_scale_set', 'p1', 'lifecycle', 'precondition'],
        ),
        at<{ condition: string }[]>(
          tree,
          ...[
            'resource',
            'azurerm_virtual_machine_scale_set_extension',
            'p1_configuration',
            'lifecycle',
            'precondition',
          ],
        ),
      ].flat();
      const got = evaluate(
        {
          locals: { ...picked(tree, names), nat_subnet_cidrs: ['10.60.2.0/27'] },
          output: {
            fit: { value: conditions.map(({ condition }) => condition) },
            script: { value: '${local.p1_apply_script}' },
            bootstrap: { value: '${local.bootstrap}' },
          },
        },
        stack,
      );
      expect(got.fit).toEqual([true, true]);
      const script = Buffer.from(String(got.script), 'base64').toString('utf8');
      expect(script).toMatch(/^#!\/bin\/sh\n/);
      expect(script).toContain(` 10298'`);
      expect(String(got.bootstrap)).toMatch(/^#cloud-config\n/);
    },
  );
});
