import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { ENGINES } from '../../src/forwarder';
import { type LoadedInventory, PRESETS } from '../../src/inventory';
import { type AzurePlace, type Router, regionOf, type Target } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { VALID_INVENTORIES } from '../corpus/valid-inventories';
import { runs } from '../support/runs';
import { loadText } from './support';

/** Holds of every answer, whatever was read. */
function wellFormed({ diagnostics, inventory, brokenRouters }: LoadedInventory): void {
  for (const { code, message, fix, line, column } of diagnostics) {
    expect(Object.hasOwn(CATALOGUE, code)).toBe(true);
    expect(message).not.toMatch(/Invalid input|\[object |undefined|NaN/);
    expect(fix.length).toBeGreaterThan(0);
    expect(line ?? 1).toBeGreaterThanOrEqual(1);
    expect(column ?? 1).toBeGreaterThanOrEqual(1);
  }
  if (inventory === undefined) expect(diagnostics.length).toBeGreaterThan(0);
  for (const router of inventory?.routers ?? []) expect(brokenRouters.has(router.name)).toBe(false);
}

const junk = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'{}[]:,-?&*!|>\'"%@`#<= \n\tab10._/$~\\'), maxLength: 30 }),
  fc.constantFrom(
    '&a',
    '*a',
    '<<: *a',
    '!!str',
    '---',
    '...',
    '? ',
    '- ',
    '__proto__: x',
    'null',
    '~',
    '.nan',
    '0o17',
    '\ufeff',
    '\u0000',
  ),
);

describe('nothing that anybody writes makes the loader throw', () => {
  it('bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => wellFormed(loadText(bytes))),
      { numRuns: runs(50) },
    );
  });

  it('text', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 20 }), (parts) => wellFormed(loadText(parts.join('')))),
      { numRuns: runs(75) },
    );
  });
});

describe.each([
  ['AWS', VALID],
  ['Azure', VALID_AZURE],
])('nothing that anybody writes into an inventory of %s makes the loader throw', (_cloud, text) => {
  const lines = text.split('\n');

  it('a valid inventory with text put in, cut out and moved', () => {
    const edit = fc.record({ at: fc.nat(text.length), cut: fc.nat(40), put: junk });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = edits.reduce(
          (before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut),
          text,
        );
        wellFormed(loadText(changed));
      }),
      { numRuns: runs(75) },
    );
  });

  it('a valid inventory with lines dropped, doubled and indented otherwise', () => {
    const edit = fc.record({ line: fc.nat(lines.length - 1), how: fc.constantFrom('drop', 'double', 'in', 'out') });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const copy: string[] = [...lines];
        for (const { line, how } of edits) {
          const text = copy[line] ?? '';
          copy[line] = { drop: '', double: `${text}\n${text}`, in: `  ${text}`, out: text.replace(/^ {2}/, '') }[how];
        }
        wellFormed(loadText(copy.join('\n')));
      }),
      { numRuns: runs(75) },
    );
  });

  it('any text and any value in the place of any value', () => {
    const scalars = lines.flatMap((line, index) => (/^ *(- |[\w-]+: )\S/.test(line) ? [index] : []));
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...scalars), value, (index, put) => {
        const copy = [...lines];
        copy[index] = (lines[index] ?? '').replace(
          /^( *(?:- |[\w-]+: )).*/,
          (_all, key: string) => key + JSON.stringify(put),
        );
        wellFormed(loadText(copy.join('\n')));
      }),
      { numRuns: runs(150) },
    );
  });

  it('a very long text in the place of any value', () => {
    const scalars = lines.flatMap((line, index) => (/^ *(- |[\w-]+: )\S/.test(line) ? [index] : []));
    for (const index of scalars) {
      for (const unit of [':', '.', 'a-', '0', 'x/']) {
        const copy = [...lines];
        const put = JSON.stringify(unit.repeat(20_000));
        copy[index] = (lines[index] ?? '').replace(/^( *(?:- |[\w-]+: )).*/, (_all, key: string) => key + put);
        wellFormed(loadText(copy.join('\n')));
      }
    }
  });

  it('any text as any key', () => {
    const keyed = lines.flatMap((line, index) => (/^ *[\w-]+:/.test(line) ? [index] : []));
    fc.assert(
      fc.property(fc.constantFrom(...keyed), fc.string({ unit: 'binary' }), (index, name) => {
        const copy = [...lines];
        copy[index] = (lines[index] ?? '').replace(
          /^( *)[\w-]+:/,
          (_all, indent: string) => `${indent}${JSON.stringify(name)}:`,
        );
        wellFormed(loadText(copy.join('\n')));
      }),
      { numRuns: runs(75) },
    );
  });
});

/** A router as somebody would write it who writes everything out. */
function writtenOut(router: Router): unknown {
  const { name: _name, cloud: _cloud, shardTeardown, sharedDomain, targets, ...rest } = router;
  return {
    ...rest,
    ...(router.cloud === 'azure' && { azure: writtenPlace(router.azure), ...oneIdleTimeout(router) }),
    ...(sharedDomain !== undefined && { domains: { shared: sharedDomain } }),
    shards: Object.fromEntries(Object.entries(shardTeardown).map(([shard, teardown]) => [shard, { teardown }])),
    targets: Object.fromEntries(targets.map(({ name, ...target }) => [name, writtenTarget(target, router)])),
  };
}

/** Without what is refused on Azure or of the engine, where the model carries it without effect. */
function writtenTarget({ hosts, domains, ...other }: Omit<Target, 'name'>, router: Router): unknown {
  const names = hosts.map(({ name }) => name);
  const host = names.length === 1 ? { host: names[0] } : { hosts: names };
  const target = { ...other, ...host, ...(domains.length === 1 ? { domain: domains[0] } : { domains }) };
  if (router.cloud === 'aws') return target;
  const { securityGroupIds: _groups, idleTimeout, healthCheck, ...rest } = target;
  const tls = PRESETS.get(target.preset ?? '')?.hello.comes === 'direct' && target.route === 'sni' && { tls: 'direct' };
  const { healthChecks, perTargetIdleTimeout } = ENGINES[router.azure.forwarder.engine].capabilities;
  return { ...rest, ...tls, ...(healthChecks && { healthCheck }), ...(perTargetIdleTimeout && { idleTimeout }) };
}

/** The router's own idle timeout, where it is what all targets have. */
function oneIdleTimeout({ targets }: Router): { idleTimeout?: number } {
  const [only, another] = new Set(targets.map(({ idleTimeout }) => idleTimeout));
  return only === undefined || another !== undefined ? {} : { idleTimeout: only };
}

function writtenPlace({ network, forwarder, ...azure }: AzurePlace): unknown {
  const { kind, mirror: url, ...keys } = forwarder.egress;
  return {
    ...azure,
    ...(network.addressSpace === undefined ? network : { network: { addressSpace: network.addressSpace } }),
    forwarder: { ...forwarder, egress: kind === 'mirror' ? { mirror: { url, ...keys } } : kind },
  };
}

describe('normalising', () => {
  it.each(VALID_INVENTORIES.filter(({ overlay, file }) => overlay === undefined && file === undefined))(
    'what is normalised stays as it is: $name',
    ({ text, edits, base = VALID }) => {
      const source =
        typeof text === 'string' ? text : edits.reduce((before, [from, to]) => before.replace(from, () => to), base);
      const { inventory: first } = loadText(source);
      expect(first).toBeDefined();
      if (first === undefined) return;
      const regions = [...new Set(first.routers.map(regionOf))].filter((region) => /^il-|^newland/.test(region));
      const again = {
        version: 1,
        ...(regions.length > 0 && { limits: { regions } }),
        ...(first.backend && { terraform: { backend: { [first.backend.type]: first.backend.config } } }),
        routers: Object.fromEntries(first.routers.map((router) => [router.name, writtenOut(router)])),
      };
      const { inventory: second, diagnostics } = loadText(JSON.stringify(again), undefined, 'plr.json');
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(second).toEqual(first);
    },
  );
});
