import { join } from 'node:path';
import { PROVIDER_REQUIREMENTS } from '../src/bindings';
import { MODULES_VERSION, type ModuleDefinition } from '../src/modules';
import { moduleJson } from '../src/modules/main-json';

/** What callers and their states hold on to: nothing of it changes within a major version, but for additions. */
export interface ModuleSurface {
  readonly requiredVersion: string;
  /** Version ranges by provider. */
  readonly providers: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, SurfaceInput>>;
  /** Names, sorted. */
  readonly outputs: readonly string[];
  /** By address without keys, `aws_lb_listener.listener`: by what its instances are keyed, empty for a single one. */
  readonly resources: Readonly<Record<string, string>>;
}

interface SurfaceInput {
  /** With single spaces. */
  readonly type: string;
  /** Absent: the caller has to give it. */
  readonly default?: unknown;
  readonly nullable: boolean;
}

/** The record of a module's surface in the major version that is in work. */
export function recordFile(name: string): string {
  const [major = ''] = MODULES_VERSION.split('.');
  return join(__dirname, '..', 'test', 'modules', 'surfaces', `v${major}`, `${name}.json`);
}

export function surfaceOf(definition: ModuleDefinition): ModuleSurface {
  const { resource = {} } = moduleJson(definition) as {
    resource?: Record<string, Record<string, { count?: unknown; for_each?: unknown }>>;
  };
  const resources = Object.entries(resource).flatMap(([type, names]) =>
    Object.entries(names).map(([name, { count, for_each }]) => [`${type}.${name}`, keyedBy(count, for_each)] as const),
  );
  return {
    requiredVersion: definition.requiredVersion,
    providers: sorted(definition.providers.map((name) => [name, PROVIDER_REQUIREMENTS[name].version] as const)),
    inputs: sorted(
      definition.inputs.map((input) => [
        input.name,
        {
          type: input.type.replace(/\s+/g, ' ').trim(),
          ...(input.default === undefined ? {} : { default: input.default }),
          nullable: input.nullable ?? false,
        },
      ]),
    ),
    outputs: definition.outputs.map(({ name }) => name).sort(),
    resources: sorted(resources),
  };
}

/** What of a change breaks callers or their states, as sentences; empty where a minor version may bring it. */
export function breakingChanges(before: ModuleSurface, after: ModuleSurface): string[] {
  return [
    ...(before.requiredVersion === after.requiredVersion
      ? []
      : [`required_version was ${before.requiredVersion} and is ${after.requiredVersion}`]),
    ...changed(before.providers, after.providers, (name, was, is) => {
      if (was === undefined) return `the provider ${name} is new`;
      return is === undefined || is === was ? undefined : `the range of the provider ${name} was ${was} and is ${is}`;
    }),
    ...changed(before.inputs, after.inputs, inputChange),
    ...before.outputs.filter((name) => !after.outputs.includes(name)).map((name) => `the output ${name} is gone`),
    ...changed(before.resources, after.resources, (address, was, is) => {
      if (was === undefined) return undefined;
      if (is === undefined) return `the resource ${address} is gone`;
      return is === was
        ? undefined
        : `the resource ${address} was keyed by ${was || 'nothing'} and is by ${is || 'nothing'}`;
    }),
  ];
}

function inputChange(name: string, was?: SurfaceInput, is?: SurfaceInput): string | undefined {
  if (is === undefined) return `the input ${name} is gone`;
  if (was === undefined) return 'default' in is ? undefined : `the input ${name} is new and required`;
  if ('default' in was && !('default' in is)) return `the input ${name} is required now`;
  if ('default' in was && JSON.stringify(was.default) !== JSON.stringify(is.default)) {
    return `the default of ${name} was ${JSON.stringify(was.default)} and is ${JSON.stringify(is.default)}`;
  }
  if (was.nullable && !is.nullable) return `the input ${name} takes no null any more`;
  return takesAll(was.type, is.type) ? undefined : `the type of ${name} was ${was.type} and is ${is.type}`;
}

/** True where the types are one, or the new one has optional attributes more. */
function takesAll(was: string, is: string): boolean {
  const [kept, now] = [attributes(was), attributes(is)];
  const more = now.filter((one) => !kept.includes(one));
  return kept.every((one) => now.includes(one)) && more.every((one) => / = optional\(/.test(one));
}

/** A type as its attributes with their paths, one text each; what is no object, as it stands. */
function attributes(type: string): string[] {
  const open = type.indexOf('{');
  if (open < 0) return [type];
  const found: string[] = [`${type.slice(0, open)}${type.slice(type.lastIndexOf('}'))}`];
  let depth = 0;
  let start = open + 1;
  for (let at = open + 1; at < type.lastIndexOf('}'); at += 1) {
    const letter = type[at] ?? '';
    if ('({['.includes(letter)) depth += 1;
    if (')}]'.includes(letter)) depth -= 1;
    const next = depth === 0 ? / (?=\w+ = )/y : undefined;
    if (next === undefined) continue;
    next.lastIndex = at;
    if (!next.test(type)) continue;
    found.push(type.slice(start, at).trim());
    start = at + 1;
  }
  found.push(type.slice(start, type.lastIndexOf('}')).trim());
  return found.filter((one) => one !== '').flatMap(nested);
}

/** An attribute whose own type is an object as the attributes of that. */
function nested(attribute: string): string[] {
  const [, name = '', type = ''] = /^(\w+) = (.*)$/.exec(attribute) ?? [];
  if (!type.includes('{')) return [attribute];
  return attributes(type).map((one) => `${name}.${one}`);
}

function keyedBy(count: unknown, each: unknown): string {
  if (typeof each === 'string') return `for_each ${each}`;
  return count === undefined ? '' : `count ${String(count)}`;
}

function changed<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  say: (name: string, was: T | undefined, is: T | undefined) => string | undefined,
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => say(name, before[name], after[name]) ?? []);
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
