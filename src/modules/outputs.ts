import type { ModuleOutput } from './definition';
import { GENERATED } from './generated';
import { hclCondition, hclFile, hclText } from './hcl';

/** `outputs.tf`: every output with its description, in the definition's order. */
export function renderOutputs(outputs: readonly ModuleOutput[]): string {
  return hclFile(
    GENERATED,
    outputs.map(({ name, description, value }) => ({
      type: 'output',
      labels: [name],
      body: [
        { name: 'description', expression: hclText(description) },
        { name: 'value', expression: hclCondition(value) },
      ],
    })),
  );
}
