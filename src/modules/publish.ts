import { join } from 'node:path';
import { stringify } from 'yaml';
import { ENDPOINT_WAIT } from '../model';
import type { ModuleDefinition, ModuleName } from './definition';
import { GENERATED } from './generated';
import { type ModuleTree, renderModule, type SourceArguments } from './render';
import { writeTrees } from './tree';
import { MODULES_VERSION } from './version';

/** Lets an apply wait until Databricks has made the endpoint that the same apply accepts. */
const WAITING = { [ENDPOINT_WAIT.name]: ENDPOINT_WAIT.value };

/** The name that a registry wants a module's repository to have. */
export function repositoryName({ provider, registryName }: ModuleDefinition): string {
  return `terraform-${provider}-${registryName}`;
}

/**
 * Writes each module as the content of a repository of its own, `DIR/terraform-<provider>-<name>`, ready to be pushed:
 * the module at the root, its examples, which take other modules from the registry, and what Spacelift's registry wants.
 *
 * @param namespace where the registry files the modules: `acme`, or with the registry's host, `registry.example.com/acme`
 * @returns the paths of the written files, sorted
 * @throws InputError PLR6001 where a file that was not generated here is in the way
 */
export function publishTrees(dir: string, modules: readonly ModuleDefinition[], namespace: string): readonly string[] {
  const address = ({ registryName, provider }: ModuleDefinition): SourceArguments => ({
    source: `${namespace}/${registryName}/${provider}`,
    version: `~> ${MODULES_VERSION.replace(/\.\d+$/, '')}`,
  });
  const neighbour = (name: ModuleName): SourceArguments => {
    const found = modules.find((definition) => definition.name === name);
    if (found === undefined) throw new Error(`There is no module ${name}.`);
    return address(found);
  };
  return writeTrees(
    modules.map((definition) => ({
      folder: join(dir, repositoryName(definition)),
      tree: renderModule(definition, { called: address(definition), neighbour, more: spacelift }),
    })),
  );
}

/**
 * `.spacelift/config.yml`: a test case for each example, which Spacelift applies and destroys in an account of yours
 * (https://docs.spacelift.io/concepts/configuration/runtime-configuration/runtime-yaml-reference). What an example asks
 * for stands in the module's environment there, as TF_VAR_….
 */
function spacelift(examples: readonly string[]): ModuleTree {
  const configuration = {
    version: 1,
    module_version: MODULES_VERSION,
    test_defaults: { environment: { TF_INPUT: 'false', ...WAITING } },
    tests: examples.map((name) => ({ name, project_root: `examples/${name}` })),
  };
  return new Map([
    ['.spacelift/config.yml', `# ${GENERATED}\n${stringify(configuration)}`],
    ['.gitignore', '.terraform/\n.terraform.lock.hcl\n*.tfstate\n*.tfstate.*\n'],
  ]);
}
