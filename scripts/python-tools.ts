import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the tools of this checkout are. */
export const TOOLS_CACHE = resolve(__dirname, '..', '.cache');

/** A program of Python's registry that tests need, in a virtual environment of its own below `.cache`. */
export interface PythonTool {
  /** Its folder below `.cache`. */
  readonly folder: string;
  /** As pip takes it. */
  readonly requirement: string;
  /** Python that fails where it is not there, or in another version. */
  readonly proof: string;
}

/** The stand-in of AWS. */
export const MOTO: PythonTool = {
  folder: 'python',
  requirement: 'moto[server]==5.2.1',
  proof: 'import importlib.metadata as m; assert m.version("moto") == "5.2.1"; import boto3, flask',
};

/** It brings the published schemas of GitHub's workflows and of Azure's pipelines with it. */
export const CHECK_JSONSCHEMA: PythonTool = {
  folder: 'check-jsonschema',
  requirement: 'check-jsonschema==0.39.0',
  proof: 'import importlib.metadata as m; assert m.version("check-jsonschema") == "0.39.0"',
};

/** A search path whose first Python is the one with moto, where that is prepared. */
export function pathWithPython(path: string | undefined): string {
  return [join(TOOLS_CACHE, MOTO.folder, 'bin'), ...(path === undefined ? [] : [path])].join(delimiter);
}

export type Prepared =
  | { readonly ready: true; readonly made: boolean }
  | { readonly ready: false; readonly why: string };

interface Ran {
  readonly ok: boolean;
  readonly words: string;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env });
  return { ok: status === 0, words: error?.message ?? `${stdout}${stderr}` };
}

function lastLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('[notice]')).at(-1) ?? 'it said nothing';
}

/**
 * Prepares a tool once: a file in its folder says that it is done, so that the next call costs nothing. Where it cannot be
 * had, `why` says so and nothing is left behind.
 */
export function prepareTool(tool: PythonTool, cache: string, given: NodeJS.ProcessEnv = process.env): Prepared {
  const folder = join(cache, tool.folder);
  const python = join(folder, 'bin', 'python3');
  // Never the tool's own: it cannot make itself anew.
  const path = (given.PATH ?? '').split(delimiter).filter((entry) => entry !== join(folder, 'bin'));
  const env = { ...given, PATH: path.join(delimiter) };
  const done = join(folder, 'prepared');
  const isDone = existsSync(python) && existsSync(done) && readFileSync(done, 'utf8') === `${tool.requirement}\n`;
  if (isDone) return { ready: true, made: false };
  if (!run('python3', ['--version'], env).ok) return { ready: false, why: 'python3 not found' };
  const finish = (made: boolean): Prepared => {
    writeFileSync(done, `${tool.requirement}\n`);
    return { ready: true, made };
  };
  if (existsSync(python) && run(python, ['-c', tool.proof], env).ok) return finish(false);

  mkdirSync(cache, { recursive: true });
  const give = (what: string, { words }: Ran): Prepared => {
    rmSync(folder, { recursive: true, force: true });
    return { ready: false, why: `${what}: ${lastLine(words)}` };
  };
  const made = run('python3', ['-m', 'venv', '--clear', folder], env);
  if (!made.ok) return give('python3 -m venv failed (on Debian: the package python3-venv)', made);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '2', tool.requirement];
  const installed = run(python, pip, env);
  if (!installed.ok) return give(`pip install ${tool.requirement} failed`, installed);
  const proved = run(python, ['-c', tool.proof], env);
  return proved.ok ? finish(true) : give(`${tool.requirement} does not run`, proved);
}
