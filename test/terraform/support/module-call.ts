import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES, writeModules } from '../../../src/modules';

/** Arguments of a call; a string may be a Terraform template. */
type CallArguments = Readonly<Record<string, unknown>>;

/** A call of one of our modules, by the name that the root gives it. */
export interface ModuleCall {
  readonly module: string;
  readonly arguments: CallArguments;
}

/**
 * Writes a root module that calls ours, with the very provider blocks of a stack: whatever differs is the modules' own.
 * @returns the folder, as a workspace takes it
 */
export function writeModuleCalls(folder: string, stack: string, calls: Readonly<Record<string, ModuleCall>>): string {
  const emitted = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as {
    readonly provider: unknown;
    readonly terraform: { readonly required_providers: unknown };
  };
  mkdirSync(folder, { recursive: true });
  writeModules(join(folder, 'modules'), MODULES);
  const root = {
    terraform: { required_providers: emitted.terraform.required_providers },
    provider: emitted.provider,
    module: Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [name, { source: `./modules/${call.module}`, ...call.arguments }]),
    ),
  };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(root, undefined, 2));
  return folder;
}
