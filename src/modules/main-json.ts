import { TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import { elementsJson, type TerraformJson } from '../constructs';
import type { ModuleDefinition } from './definition';
import { MODULES_VERSION } from './version';

/** By this key a file says that it was generated here; Terraform passes over it. */
const COMMENT = '//';

/** The name of the file in the module's folder. */
export const MAIN_FILE = 'main.tf.json';

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
  return Object.fromEntries(sections.map((section) => [section, elements[section]]));
}

/**
 * `main.tf.json`.
 *
 * @param files paths of all files that the module's folder holds, this one too
 */
export function renderMainJson(definition: Pick<ModuleDefinition, 'name' | 'fill'>, files: readonly string[]): string {
  const mark = { module: definition.name, version: MODULES_VERSION, files };
  return `${JSON.stringify({ [COMMENT]: { 'privatelink-router': mark }, ...moduleJson(definition) }, undefined, 2)}\n`;
}

/** The files that a `main.tf.json` says it was written with, or undefined where it is not one of ours. */
export function filesOfMark(text: string): readonly string[] | undefined {
  try {
    const { files } = JSON.parse(text)[COMMENT]['privatelink-router'];
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : undefined;
  } catch {
    return undefined;
  }
}
