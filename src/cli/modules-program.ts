import { type Command, Option } from 'commander';
import type { ModulesOptions } from './commands/modules';
import { type Format, UsageError } from './outcome';

/** The options of `modules` as commander gives them. */
export interface RawModulesOptions {
  readonly out?: string;
  readonly publishTree?: string;
  readonly namespace?: string;
  readonly format?: Format;
}

const DEFAULT_FOLDER = 'modules';

/** A registry's host where it is not Terraform's own, and the name under which modules are filed there. */
const NAMESPACE = /^([a-z0-9-]+(\.[a-z0-9-]+)+\/)?[A-Za-z0-9][A-Za-z0-9_-]*$/;

export function addModulesOptions(command: Command): Command {
  return command
    .option('-o, --out <dir>', `the folder to write to (default: ${DEFAULT_FOLDER})`)
    .option('--publish-tree <dir>', 'write a repository for each module instead, as registries want them')
    .option(
      '--namespace <name>',
      'with --publish-tree: where the registry files the modules, acme or registry.example.com/acme',
    )
    .addOption(new Option('--format <format>', 'text, or one JSON document').choices(['text', 'json']).default('text'));
}

/** @throws UsageError where options are empty, missing or exclude each other */
export function settleModules(raw: RawModulesOptions): ModulesOptions & { readonly format: Format } {
  const { out = DEFAULT_FOLDER, publishTree, namespace, format = 'text' } = raw;
  if (out === '') throw new UsageError('--out is empty');
  if (publishTree === '') throw new UsageError('--publish-tree is empty');
  if (publishTree === undefined) {
    if (namespace !== undefined) throw new UsageError('--namespace belongs to --publish-tree');
    return { out, format };
  }
  if (raw.out !== undefined) throw new UsageError('--out and --publish-tree exclude each other');
  if (namespace === undefined) throw new UsageError('--publish-tree needs --namespace, such as --namespace acme');
  if (!NAMESPACE.test(namespace)) {
    throw new UsageError(`--namespace ${JSON.stringify(namespace)} is none: acme, or registry.example.com/acme`);
  }
  return { out, publish: { dir: publishTree, namespace }, format };
}
