import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breakingChanges, type ModuleSurface, recordFile, surfaceOf } from '../../scripts/module-surface';
import { MODULES, MODULES_VERSION } from '../../src/modules';

describe.each(MODULES)('the surface of $name', (definition) => {
  const surface = surfaceOf(definition);

  it(`has not broken within major version ${MODULES_VERSION.split('.')[0]}`, () => {
    const file = recordFile(definition.name);
    expect(existsSync(file), `${file} is missing: npm run modules:record`).toBe(true);
    const record = JSON.parse(readFileSync(file, 'utf8')) as ModuleSurface;
    expect(breakingChanges(record, surface), 'raise the first number of src/modules/version.ts').toEqual([]);
    expect(surface, 'additions are recorded by npm run modules:record').toEqual(record);
  });

  it('has resources with addresses of their own and outputs', () => {
    expect(Object.keys(surface.resources).length).toBeGreaterThan(1);
    expect(surface.outputs.length).toBeGreaterThan(3);
  });
});

describe('what breaks callers', () => {
  const before: ModuleSurface = {
    requiredVersion: '>= 1.3',
    providers: { aws: '>= 5.100, < 7' },
    inputs: {
      name: { type: 'string', nullable: false },
      base_port: { type: 'number', default: 10000, nullable: false },
      govcloud: { type: 'string', default: null, nullable: true },
      targets: {
        type: 'list(object({ name = string port = optional(number) check = optional(object({ path = optional(string) })) }))',
        nullable: false,
      },
    },
    outputs: ['arn', 'ports'],
    resources: { 'aws_lb.this': '', 'aws_lb_listener.listener': 'for_each ${local.targets}' },
  };
  const type = before.inputs.targets?.type ?? '';
  const targets = (changed: string) => ({ inputs: { ...before.inputs, targets: { type: changed, nullable: false } } });
  const { name: _name, ...withoutName } = before.inputs;

  it.each<readonly [string, Partial<ModuleSurface>, string]>([
    ['an input that is gone', { inputs: withoutName }, 'the input name is gone'],
    [
      'an input that is new and required',
      { inputs: { ...before.inputs, zone: { type: 'string', nullable: false } } },
      'the input zone is new and required',
    ],
    [
      'an input that lost its default',
      { inputs: { ...before.inputs, base_port: { type: 'number', nullable: false } } },
      'the input base_port is required now',
    ],
    [
      'another default',
      { inputs: { ...before.inputs, base_port: { type: 'number', default: 20000, nullable: false } } },
      'the default of base_port was 10000 and is 20000',
    ],
    [
      'a null that is no more',
      { inputs: { ...before.inputs, govcloud: { type: 'string', default: null, nullable: false } } },
      'the input govcloud takes no null any more',
    ],
    [
      'another type',
      { inputs: { ...before.inputs, name: { type: 'list(string)', nullable: false } } },
      'the type of name was string and is list(string)',
    ],
    ['an attribute that is gone', targets(type.replace('port = optional(number) ', '')), 'the type of targets was'],
    [
      'an attribute that is new and required',
      targets(type.replace('name = string', 'name = string zone = string')),
      'the type of targets was',
    ],
    [
      'an attribute that is required now',
      targets(type.replace('port = optional(number)', 'port = number')),
      'the type of targets was',
    ],
    [
      'an attribute of an attribute that changed',
      targets(type.replace('path = optional(string)', 'path = optional(number)')),
      'the type of targets was',
    ],
    [
      'a default of an attribute',
      targets(type.replace('optional(number)', 'optional(number, 5432)')),
      'the type of targets was',
    ],
    ['an output that is gone', { outputs: ['arn'] }, 'the output ports is gone'],
    ['a resource that is gone', { resources: { 'aws_lb.this': '' } }, 'the resource aws_lb_listener.listener is gone'],
    [
      'other keys',
      { resources: { ...before.resources, 'aws_lb.this': 'count ${1}' } },
      'the resource aws_lb.this was keyed by nothing and is by count ${1}',
    ],
    ['a newer terraform', { requiredVersion: '>= 1.5' }, 'required_version was >= 1.3 and is >= 1.5'],
    [
      'a newer provider',
      { providers: { aws: '>= 6, < 7' } },
      'the range of the provider aws was >= 5.100, < 7 and is >= 6, < 7',
    ],
    ['a provider more', { providers: { ...before.providers, dns: '>= 3.4' } }, 'the provider dns is new'],
  ])('is %s', (_, change, words) => {
    const found = breakingChanges(before, { ...before, ...change });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it.each<readonly [string, Partial<ModuleSurface>]>([
    [
      'an input with a default',
      { inputs: { ...before.inputs, zone: { type: 'string', default: '', nullable: false } } },
    ],
    ['an optional attribute', targets(type.replace('name = string', 'name = string zone = optional(string, "a")'))],
    ['an optional attribute of an attribute', targets(type.replace('{ path', '{ port = optional(number) path'))],
    ['an output', { outputs: ['arn', 'ports', 'zones'] }],
    ['a resource', { resources: { ...before.resources, 'aws_x.this': '' } }],
    ['a provider less', { providers: {} }],
    ['a null that is new', { inputs: { ...before.inputs, name: { type: 'string', nullable: true } } }],
  ])('is not %s', (_, change) => {
    expect(breakingChanges(before, { ...before, ...change })).toEqual([]);
  });
});
