import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forwarderText } from '../forwarder';
import { compareText } from '../model';
import type { ModuleDefinition, ModuleName } from './definition';
import { filesBelow, licenceFile } from './files';
import { GENERATED } from './generated';
import { renderMainJson } from './main-json';
import { renderOutputs } from './outputs';
import { renderReadme } from './readme';
import { renderVariables } from './variables';
import { renderVersions } from './versions';

/** The files of a module by their path with slashes, sorted. */
export type ModuleTree = ReadonlyMap<string, string>;

export interface RenderOptions {
  /** How a reader of the README calls the module: the arguments `source` and, from a registry, `version`. */
  readonly called: SourceArguments;
  /** How an example calls another module of ours. @default as the hand-written file says, by a relative path */
  readonly neighbour?: (module: ModuleName) => SourceArguments;
  /** Files that only this tree has. @default none */
  readonly more?: (examples: readonly string[]) => ModuleTree;
}

/** The arguments that say where a module comes from. */
export interface SourceArguments {
  readonly source: string;
  readonly version?: string;
}

/** Terraform sends some of the files to machines that know the line ends of Unix alone. */
const LINE_ENDS = `# ${GENERATED}\n* text=auto eol=lf\n`;

/** A text whose lines end as on Unix, as a checkout on Windows may not have it. */
function unixText(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r', '');
}

/** Everything that a module's folder holds. */
export function renderModule(definition: ModuleDefinition, options: RenderOptions): ModuleTree {
  const copied = filesBelow(definition.files).map(
    (path) => [path, published(unixText(join(definition.files, path)), options)] as const,
  );
  const example = new Map(copied).get('examples/basic/main.tf');
  if (example === undefined) throw new Error(`Module ${definition.name} has no examples/basic/main.tf.`);
  const examples = [...new Set(copied.flatMap(([path]) => /^examples\/([^/]+)\//.exec(path)?.[1] ?? []))];
  const files = new Map<string, string>([
    ...copied,
    ...definition.companions.map((name) => [`forwarder/${name}`, forwarderText(name)] as const),
    ...(options.more?.(examples) ?? []),
    ['.gitattributes', LINE_ENDS],
    ['LICENSE', unixText(licenceFile())],
    ['README.md', renderReadme(definition, { example: called(example, '../..', options.called), examples })],
    ['variables.tf', renderVariables(definition.inputs)],
    ['outputs.tf', renderOutputs(definition.outputs)],
    ['versions.tf', renderVersions(definition.requiredVersion, definition.providers)],
  ]);
  files.set('main.tf.json', renderMainJson(definition, [...files.keys(), 'main.tf.json'].sort()));
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

/** What stands in a hand-written example beside the relative path of another module of ours. */
const PUBLISHED_AS = /^[ \t]*# published as:.*\n|[ \t]*# published as:.*$/gm;

/** Relative paths to other modules of ours, from an example or from a module of its own that it calls. */
const NEIGHBOUR = /"(\.\.\/\.\.\/(?:\.\.\/)+([a-z-]+))"/g;

function published(text: string, { neighbour }: RenderOptions): string {
  if (neighbour === undefined) return text;
  return [...text.matchAll(NEIGHBOUR)].reduce(
    (before, [, path = '', name = '']) => called(before, path, neighbour(name as ModuleName)),
    text.replace(PUBLISHED_AS, ''),
  );
}

/** A text in which each `source` of this path says otherwise. */
function called(text: string, path: string, { source, version }: SourceArguments): string {
  return text.replaceAll(
    new RegExp(`^([ \\t]*)source[ \\t]*= "${path.replaceAll('.', '\\.')}"[ \\t]*$`, 'gm'),
    (_, indent: string) =>
      version === undefined
        ? `${indent}source = "${source}"`
        : `${indent}source  = "${source}"\n${indent}version = "${version}"`,
  );
}
