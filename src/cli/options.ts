import { frozenByDefault } from '../app';
import { defined } from '../model';
import { type Format, UsageError } from './outcome';

/** The options that the commands share, as commander gives them. */
export interface RawOptions {
  readonly env?: string;
  readonly format?: Format;
  readonly frozen?: boolean;
}

/** The same, settled. */
export interface RunOptions {
  readonly file: string;
  readonly env?: string;
  readonly format: Format;
  readonly frozen: boolean;
}

/** Settles what was left open. @throws UsageError for an empty file name or environment */
export function settle(file: string, raw: RawOptions, environment: NodeJS.ProcessEnv): RunOptions {
  if (file === '') {
    throw new UsageError('FILE is empty');
  }
  if (raw.env === '') {
    throw new UsageError('--env is empty');
  }
  return {
    file,
    ...defined({ env: raw.env }),
    format: raw.format ?? 'text',
    frozen: raw.frozen ?? frozenByDefault(environment),
  };
}
