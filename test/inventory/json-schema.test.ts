import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventoryJsonSchema } from '../../src/inventory';
import { LIMITS } from '../../src/limits';

type Node = { readonly [key: string]: unknown };

const FILE = join(__dirname, '..', '..', 'schema', 'privatelink-router.schema.json');

/** Every part of the schema that describes a value, with its path. */
function* parts(node: Node, path = ''): Iterable<readonly [path: string, part: Node]> {
  yield [path, node];
  const { properties, additionalProperties, items, anyOf } = node;
  for (const [key, part] of Object.entries((properties ?? {}) as Node)) yield* parts(part as Node, `${path}.${key}`);
  if (typeof additionalProperties === 'object') yield* parts(additionalProperties as Node, `${path}.*`);
  if (typeof items === 'object') yield* parts(items as Node, `${path}[]`);
  for (const [index, part] of ((anyOf ?? []) as Node[]).entries()) yield* parts(part, `${path}|${index}`);
}

describe('the JSON Schema for editors', () => {
  const schema = inventoryJsonSchema();
  const all = new Map(parts(schema));

  it('stands in the repository as the schema of the loader gives it', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('describes every key', () => {
    const silent = [...all].filter(([path, part]) => !/\|0$/.test(path) && typeof part.description !== 'string');
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('knows no other keys, except where names are free', () => {
    const open = [...all].filter(([, part]) => part.properties !== undefined && part.additionalProperties !== false);
    expect(open.map(([path]) => path)).toEqual([]);
  });

  it('takes ranges from the table of limits', () => {
    const value = (id: string) => LIMITS.find((row) => row.id === id)?.value;
    const target = '.routers.*.targets.*|1';
    // The wider of the two clouds' ranges: which one it is shows only beside the router.
    expect(all.get(`${target}.idleTimeout`)).toMatchObject({
      minimum: value('aws.idleTimeoutMin'),
      maximum: value('azure.idleTimeoutMax'),
    });
    expect(all.get('.routers.*.azure.natAddresses')).toMatchObject({
      minimum: 1,
      maximum: value('azure.natAddressesPerPrivateLinkService'),
    });
    expect(all.get(`${target}.healthCheck|1.interval`)).toMatchObject({
      minimum: value('aws.healthCheckIntervalMin'),
      maximum: value('aws.healthCheckIntervalMax'),
    });
    expect(all.get('.limits.loadBalancersPerRegion')).toMatchObject({ default: value('aws.loadBalancersPerRegion') });
  });

  it('gives the defaults that the loader fills in', () => {
    const router = '.routers.*';
    expect(all.get(`${router}.basePort`)).toMatchObject({
      default: 10000,
      type: 'integer',
      minimum: 1,
      maximum: 65535,
    });
    expect(all.get(`${router}.dns`)).toMatchObject({ enum: ['plan', 'synth', 'runtime'] });
    const azure = `${router}.azure`;
    expect(all.get(`${azure}.loadBalancing`)).toMatchObject({ default: 'per-target' });
    expect(all.get(`${azure}.visibility`)).toMatchObject({ default: ['*'] });
    expect(all.get(`${azure}.forwarder.engine`)).toMatchObject({ default: 'haproxy' });
    expect(all.get(`${azure}.forwarder.instances`)).toMatchObject({ default: 2 });
    expect(all.get(`${azure}.forwarder.egress`)).toMatchObject({ default: 'nat' });
    expect(all.get(`${router}.deletionProtection`)).toMatchObject({ default: true, type: 'boolean' });
  });

  it('lets a target be written in its short form, and an id of a workspace as number or text', () => {
    expect(all.get('.routers.*.targets.*|0')).toMatchObject({ type: 'string' });
    const pattern = new RegExp(String(all.get('.routers.*.targets.*|0')?.pattern));
    expect(pattern.test('ledger.corp.example:1521')).toBe(true);
    expect(pattern.test('ledger.corp.example')).toBe(false);
    expect(all.get('.routers.*.ncc.workspaceIds[]')).toMatchObject({ type: ['integer', 'string'] });
  });
});
