import { defined, saysYes } from '../model';
import { makeStyle, type Style } from '../reports';

/** Where a command writes: the part of a stream that we use. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything outside that a command touches besides files. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** The process's own streams and environment. */
export const PROCESS_IO: Io = { stdout: process.stdout, stderr: process.stderr, env: process.env };

const LEAST_WIDTH = 20;

/** Colours where a person looks on: `NO_COLOR` forbids them, `FORCE_COLOR` asks for them, else a terminal that is not dumb. */
function wantsColor(output: Output, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) {
    return false;
  }
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') {
    return saysYes(env.FORCE_COLOR);
  }
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** `COLUMNS` where it is a number, else what the terminal says, else no limit. */
function widthOf(output: Output, env: NodeJS.ProcessEnv): number | undefined {
  const given = /^\d+$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  const width = given > 0 ? given : output.isTTY === true ? output.columns : undefined;
  return width === undefined || width === 0 ? undefined : Math.max(width, LEAST_WIDTH);
}

/** How text for this stream is to look. */
export function styleOf(output: Output, env: NodeJS.ProcessEnv): Style {
  const width = widthOf(output, env);
  return makeStyle({ color: wantsColor(output, env), ...defined({ width }) });
}
