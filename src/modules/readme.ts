import type { ModuleDefinition, ModuleInput } from './definition';
import { GENERATED } from './generated';
import { moduleProviders } from './versions';

/** What `for_each` cannot do, with whatever modules: Terraform takes `module.x[each.key].y` for everything that `x` has. */
const PAIRS =
  'Where the module is wired both ways with that of the other side, `for_each` or `count` on the two calls themselves ends in `Error: Cycle`, since Terraform takes `module.databricks[each.key].private_endpoint_id` for all of that module: put both calls into a module of your own, and that under `for_each`, as the example `many` of `aws-privatelink-router` and `azure-privatelink-forwarder` does.';

export interface ReadmeOptions {
  /** The text of `examples/basic/main.tf`, with the module's source as a reader would write it. */
  readonly example: string;
  /** Names of the folders below `examples`. */
  readonly examples: readonly string[];
}

/** `README.md`, made of the definition: what the module is for, an example, requirements, inputs, outputs, notes. */
export function renderReadme(definition: ModuleDefinition, { example, examples }: ReadmeOptions): string {
  const { title, purpose, requiredVersion, providers, inputs, outputs, notes } = definition;
  const sections = [
    `<!-- ${GENERATED} -->`,
    `# ${title}`,
    purpose.trim(),
    '## Example',
    `\`\`\`hcl\n${example.trim()}\n\`\`\``,
    `More of them: ${examples.map((name) => `[examples/${name}](examples/${name})`).join(', ')}. The module configures no provider and no backend; both are its caller's, and so it works with \`count\`, \`for_each\` and \`depends_on\`; several instances need Terraform 1.3.1, since 1.3.0 crashes where a module with conditions has more than one. ${PAIRS}`,
    '## Requirements',
    table(
      ['Name', 'Source', 'Version'],
      [
        ['terraform', '', `\`${requiredVersion}\``],
        ...moduleProviders(providers).map(({ name, source, version }) => [name, `\`${source}\``, `\`${version}\``]),
      ],
    ),
    '## Inputs',
    table(['Name', 'Description', 'Type', 'Default', 'Required'], inputs.map(inputRow)),
    ...inputs.filter(({ type }) => type.includes('\n')).map(typeSection),
    '## Outputs',
    table(
      ['Name', 'Description'],
      outputs.map(({ name, description }) => [code(name), cell(description)]),
    ),
    ...notes.flatMap(({ title: heading, text }) => [`## ${heading}`, text.trim()]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function inputRow(input: ModuleInput): readonly string[] {
  const required = input.default === undefined;
  return [
    code(input.name),
    cell(input.description),
    code(shortType(input.type)),
    required ? '' : code(JSON.stringify(input.default)),
    required ? 'yes' : 'no',
  ];
}

function typeSection({ name, type }: ModuleInput): string {
  return `The type of \`${name}\`:\n\n\`\`\`hcl\n${type.trim()}\n\`\`\``;
}

/** A type of several lines as its first words: `list(object({…}))`. */
function shortType(type: string): string {
  const [first = ''] = type.trim().split('\n');
  if (first === type.trim()) return first;
  const open = [...first].filter((letter) => '({['.includes(letter)).reverse();
  return `${first}…${open.map((letter) => ({ '(': ')', '{': '}', '[': ']' })[letter] ?? '').join('')}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
