import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trimSchema, writeSchemas } from '../../scripts/provider-schemas';
import { preparePlan } from '../../src/app';
import { synthesize } from '../../stacks';

const ROOT = resolve(__dirname, '..', '..');
const FOLDER = join(__dirname, 'schemas');
const NAMES = ['aws', 'azurerm', 'databricks', 'dns'] as const;

interface Block {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}
type Types = Readonly<Record<string, { readonly block: Block }>>;
interface Schemas {
  readonly provider_schemas: Readonly<
    Record<string, { readonly resource_schemas: Types; readonly data_source_schemas: Types }>
  >;
}

const files = new Map(
  NAMES.map((name) => [name, JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Schemas]),
);
const providers = [...files.values()].flatMap(({ provider_schemas }) => Object.values(provider_schemas));
const TYPES: Readonly<Record<'resource' | 'data', Types>> = {
  resource: Object.assign({}, ...providers.map(({ resource_schemas }) => resource_schemas)),
  data: Object.assign({}, ...providers.map(({ data_source_schemas }) => data_source_schemas)),
};

/** Arguments of Terraform's own, which no schema has. */
const META = new Set(['//', 'count', 'depends_on', 'dynamic', 'for_each', 'lifecycle', 'provider', 'provisioner']);

/** What a block sets and its schema does not know, by path. */
function strangers(path: string, block: Block, values: object): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (META.has(name) || block.attributes?.[name] !== undefined) return [];
    const nested = block.block_types?.[name];
    if (nested === undefined) return [`${path}.${name}`];
    return [value]
      .flat()
      .flatMap((one) => (typeof one === 'object' ? strangers(`${path}.${name}`, nested.block, one) : []));
  });
}

describe('the schemas of providers', () => {
  it('are told with their versions, each in the range that routers ask for', () => {
    const told = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const rows = [...told.matchAll(/^\| `(\w+)\.json` \| `([\w/]+)` \| (\d+)\.(\d+)\.(\d+) \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual([...NAMES]);
    expect(readdirSync(FOLDER).sort()).toEqual(['README.md', ...NAMES.map((name) => `${name}.json`)]);
    for (const [, name = '', source] of rows) {
      const schemas = files.get(name as (typeof NAMES)[number]);
      expect(Object.keys(schemas?.provider_schemas ?? {})).toEqual([`registry.terraform.io/${source}`]);
    }
  });

  it.each(NAMES)('%s is written as the script writes it, and without documentation', (name) => {
    const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
    const whole = JSON.parse(text);
    expect(writeSchemas(trimSchema(whole, whole, []).schemas)).toBe(text);
    expect(text).not.toContain('description_kind');
  });

  it('know everything that the examples emit', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'plr-schemas-'));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d/.test(name));
    const seen = new Set<string>();
    const unknown: string[] = [];
    for (const name of examples) {
      const folder = join(ROOT, 'examples', name);
      const env = readdirSync(folder).flatMap((file) => /^privatelink-router\.(\w+)\.yaml$/.exec(file)?.[1] ?? [])[0];
      const file = relative(process.cwd(), join(folder, 'privatelink-router.yaml'));
      const { plan } = await preparePlan({ file, ...(env !== undefined && { env }), frozen: true, write: false });
      for (const path of synthesize(plan, join(scratch, name)).filter((path) => path.endsWith('cdk.tf.json'))) {
        const stack = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, Record<string, object>>>;
        for (const kind of ['resource', 'data'] as const) {
          for (const [type, blocks] of Object.entries(stack[kind] ?? {})) {
            // Terraform's own, which every version of it has.
            if (type.startsWith('terraform_')) continue;
            seen.add(type);
            const schema = TYPES[kind][type];
            if (schema === undefined) unknown.push(`${kind} ${type}`);
            else
              for (const [id, values] of Object.entries(blocks))
                unknown.push(...strangers(`${type}.${id}`, schema.block, values));
          }
        }
      }
    }
    expect(unknown).toEqual([]);
    expect(seen.size).toBeGreaterThan(20);
    expect([...new Set([...seen].map((type) => type.split('_')[0]))].sort()).toEqual([...NAMES]);
  });
});

describe('a schema that is trimmed', () => {
  const documented = { description: 'words', description_kind: 'plain' };
  const whole = {
    format_version: '1.0',
    provider_schemas: {
      'registry.terraform.io/acme/acme': {
        provider: { version: 0, block: { ...documented, attributes: { region: { type: 'string', ...documented } } } },
        resource_schemas: {
          acme_rule: {
            version: 1,
            block: {
              ...documented,
              attributes: {
                description: { type: 'string', optional: true, ...documented },
                items: { type: ['set', ['object', { description: 'string', port: 'number' }]], ...documented },
                nested: {
                  nested_type: { attributes: { name: { type: 'string', ...documented } }, nesting_mode: 'single' },
                },
              },
              block_types: { timeouts: { nesting_mode: 'single', block: { attributes: {}, ...documented } } },
            },
          },
          acme_other: { version: 0, block: {} },
        },
        data_source_schemas: { acme_zone: { version: 0, block: {} }, acme_other: { version: 0, block: {} } },
      },
    },
  };
  const none = { provider_schemas: {} };

  it('loses its documentation, and no argument that is called like it', () => {
    const { schemas, unknown } = trimSchema(whole, none, ['acme_rule', 'data.acme_zone']);
    expect(unknown).toEqual([]);
    expect(schemas.provider_schemas['registry.terraform.io/acme/acme']).toEqual({
      provider: { version: 0, block: { attributes: { region: { type: 'string' } } } },
      resource_schemas: {
        acme_rule: {
          version: 1,
          block: {
            attributes: {
              description: { type: 'string', optional: true },
              items: { type: ['set', ['object', { description: 'string', port: 'number' }]] },
              nested: { nested_type: { attributes: { name: { type: 'string' } }, nesting_mode: 'single' } },
            },
            block_types: { timeouts: { nesting_mode: 'single', block: { attributes: {} } } },
          },
        },
      },
      data_source_schemas: { acme_zone: { version: 0, block: {} } },
    });
  });

  it('keeps the types that the file has, and names those that the provider does not have any more', () => {
    const { schemas } = trimSchema(whole, none, ['acme_other', 'data.acme_zone']);
    const again = trimSchema(whole, schemas, ['acme_rule', 'data.acme_gone', 'acme_gone']);
    expect(again.unknown).toEqual(['acme_gone', 'data.acme_gone']);
    const [kept] = Object.values(again.schemas.provider_schemas);
    expect(Object.keys(kept?.resource_schemas ?? {})).toEqual(['acme_other', 'acme_rule']);
    expect(Object.keys(kept?.data_source_schemas ?? {})).toEqual(['acme_zone']);
  });

  it('is one line for each type', () => {
    const text = writeSchemas(trimSchema(whole, none, ['acme_other', 'acme_rule']).schemas);
    expect(text.split('\n').filter((line) => /^ {8}"acme_/.test(line))).toHaveLength(2);
    expect(JSON.parse(text)).toEqual(trimSchema(whole, none, ['acme_other', 'acme_rule']).schemas);
  });
});
