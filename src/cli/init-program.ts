import { type Command, Option } from 'commander';
import { DEFAULT_FILE } from '../app';
import { CLOUDS, type Cloud } from '../model';
import { PIPELINES, type PipelineKind } from '../pipelines';
import type { InitOptions } from './commands/init';
import type { InitPipelineOptions } from './commands/init-pipeline';
import type { Format } from './outcome';
import { UsageError } from './outcome';

/** The options of `init`, as commander gives them. */
export interface RawInitOptions {
  readonly cloud?: Cloud;
  readonly pipeline?: PipelineKind;
  readonly env?: readonly string[];
  readonly format: Format;
}

/** Argument and options of `init`. */
export function addInitOptions(command: Command): Command {
  return command
    .argument('[file]', 'the file to write; with --pipeline the inventory that is there', DEFAULT_FILE)
    .addOption(new Option('--cloud <cloud>', `where its router stands (default: "${CLOUDS[0]}")`).choices(CLOUDS))
    .addOption(
      new Option('--pipeline <product>', 'write what this product needs to run the inventory, instead').choices(
        PIPELINES,
      ),
    )
    .addOption(
      new Option('-e, --env <name>', 'with --pipeline, once for each: environments to run (default: all)').argParser(
        (name: string, before: readonly string[] = []) => [...before, name],
      ),
    )
    .addOption(new Option('--format <format>', 'text, or one JSON document').choices(['text', 'json']).default('text'));
}

/** What `init` is to do. @throws UsageError for options that do not belong together */
export function settleInit(
  file: string,
  raw: RawInitOptions,
): ({ readonly kind: 'starter' } & InitOptions) | ({ readonly kind: 'pipeline' } & InitPipelineOptions) {
  const { cloud, pipeline, env, format } = raw;
  if (file === '') {
    throw new UsageError('FILE is empty');
  }
  if (pipeline === undefined) {
    if (env !== undefined) {
      throw new UsageError('--env needs --pipeline: a starter is the same for all environments');
    }
    return { kind: 'starter', file, format, cloud: cloud ?? CLOUDS[0] };
  }
  if (cloud !== undefined) {
    throw new UsageError('--cloud is for a starter: a pipeline runs the inventory that is there');
  }
  return { kind: 'pipeline', file, format, pipeline, ...(env === undefined ? {} : { envs: [...new Set(env)] }) };
}
