import { TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import { elementsJson, type TerraformJson } from '../constructs';
import type { ModuleDefinition } from './definition';
import { GENERATED } from './generated';

/** By this key a file of Terraform's JSON has a comment. */
const COMMENT = '//';

/** What a module's `main.tf.json` may hold: what configures providers or the state is the caller's. */
const SECTIONS: readonly string[] = ['locals', 'data', 'resource'];

/** The resources, data sources and locals of a module as Terraform JSON. */
export function moduleJson(definition: Pick<ModuleDefinition, 'name' | 'fill'>): TerraformJson {
  const stack = new TerraformStack(new RootConstruct(), definition.name);
  definition.fill(stack);
  const elements = elementsJson(stack, {});
  const others = Object.keys(elements).filter((section) => section !== 'terraform' && !SECTIONS.includes(section));
  if (others.length > 0) throw new Error(`Module ${definition.name} must not hold ${others.join(', ')}.`);
  const sections = SECTIONS.filter((section) => elements[section] !== undefined);
  return { [COMMENT]: GENERATED, ...Object.fromEntries(sections.map((section) => [section, elements[section]])) };
}

/** `main.tf.json`. */
export function renderMainJson(definition: Pick<ModuleDefinition, 'name' | 'fill'>): string {
  return `${JSON.stringify(moduleJson(definition), undefined, 2)}\n`;
}
