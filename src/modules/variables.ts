import type { ModuleInput } from './definition';
import { GENERATED } from './generated';
import { type HclAttribute, type HclBlock, hclCondition, hclFile, hclTemplate, hclText, hclValue } from './hcl';

/** `variables.tf`: every input with its type, default and validations, in the definition's order. */
export function renderVariables(inputs: readonly ModuleInput[]): string {
  return hclFile(GENERATED, inputs.map(variable));
}

function variable(input: ModuleInput): HclBlock {
  const attributes: HclAttribute[] = [
    { name: 'description', expression: hclText(input.description) },
    { name: 'type', expression: input.type },
    ...(input.default === undefined ? [] : [{ name: 'default', expression: hclValue(input.default) }]),
    // Terraform's own default is true, so that null would replace a default.
    ...(input.nullable === true ? [] : [{ name: 'nullable', expression: 'false' }]),
  ];
  const validations = (input.validations ?? []).map(
    ({ condition, message }): HclBlock => ({
      type: 'validation',
      labels: [],
      body: [
        { name: 'condition', expression: hclCondition(condition) },
        { name: 'error_message', expression: hclTemplate(message) },
      ],
    }),
  );
  return { type: 'variable', labels: [input.name], body: [...attributes, ...validations] };
}
