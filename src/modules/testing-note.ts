import type { ModuleName, ModuleNote } from './definition';

export interface TestingNoteOptions {
  /** The module's name in examples, `router`. */
  readonly call: string;
  readonly module: ModuleName;
  /** The providers that a test mocks, the one with answers of ours first. */
  readonly providers: readonly [string, ...string[]];
  /** What the answers cannot say, and what to do; whole sentences. */
  readonly more: string;
}

/** How what calls a module is tested without credentials: the README's section. */
export function testingNote({ call, module, providers, more }: TestingNoteOptions): ModuleNote {
  const [own, ...others] = providers;
  const mocks = (body: string): string =>
    [`mock_provider "${own}" ${body}`, ...others.map((other) => `mock_provider "${other}" {}`)].join('\n');
  return {
    title: 'Testing what calls it',
    text: `
\`terraform test\` (1.7 or newer) plans a call of this module with mocked providers, without credentials and without a word more:

\`\`\`hcl
${mocks('{}')}

run "plan" {
  command = plan
}
\`\`\`

What providers make up is not held against the call: the checks of what a data source read speak only of answers that a cloud
could give. To apply with mocks, ids have to have the form that the provider wants. The module brings such answers, and
\`terraform init\` lays them beside it (with a relative \`source\` they stand there, in \`${module}/tests/mocks/${own}\`):

\`\`\`hcl
${mocks(`{
  source = ".terraform/modules/${call}/tests/mocks/${own}"
}`)}

run "apply" {}
\`\`\`

${more}`,
  };
}
