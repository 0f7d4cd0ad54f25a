import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve, sep } from 'node:path';
import { acrossEnvironments, DEFAULT_FILE, type Examination, examine, fileError } from '../../app';
import { InputError } from '../../errors';
import { environmentsOf, overlayFile } from '../../inventory';
import { type Diagnostic, decodeText, defined, hasErrors, regionOf } from '../../model';
import {
  type Pipeline,
  type PipelineEnvironment,
  type PipelineFile,
  type PipelineKind,
  PLAIN_TEXT,
  packageFiles,
  pipelineFiles,
} from '../../pipelines';
import { printable, type Style } from '../../reports';
import { attributeLines, keepLineFeeds } from '../git-attributes';
import type { Format, Outcome } from '../outcome';
import { UsageError } from '../outcome';
import { mainBranch, remoteName, rootAbove } from '../repository';
import { version } from '../version';

export interface InitPipelineOptions {
  readonly file: string;
  readonly format: Format;
  readonly pipeline: PipelineKind;
  /** @default every environment that has an overlay beside the inventory; none where there is no overlay */
  readonly envs?: readonly string[];
}

interface Examined {
  readonly environment: PipelineEnvironment;
  readonly diagnostics: readonly Diagnostic[];
  /** The command that brings the lock up to date, where it is not. */
  readonly stale?: string;
}

/** The inventory's path as everybody has it who clones the repository. @throws UsageError where it has none */
function inventoryPath(file: string): string {
  const folder = process.cwd();
  const above = rootAbove(folder);
  if (above !== undefined) {
    throw new UsageError(`a pipeline's files stand at the root of the repository: run this in ${above}`);
  }
  const path = normalize(file).split(sep).join('/');
  if (!PLAIN_TEXT.test(path) || path.split('/').includes('..')) {
    throw new UsageError(
      `FILE is ${JSON.stringify(file)}: a pipeline needs an inventory within the repository whose path is letters, digits, ".", "_", "-" and "/"`,
    );
  }
  return path;
}

/** What an environment has, and what is wrong with it. Without a backend each run of a pipeline would forget the state. */
async function look(file: string, env: string | undefined, pipeline: PipelineKind): Promise<Examined> {
  const examination: Examination = await examine({ file, ...defined({ env }) });
  const routers = examination.plan?.routers ?? [];
  const unplaced = pipeline === 'spacelift' ? [] : routers.filter(({ backend }) => backend === undefined);
  const lost = unplaced.map(({ name }) =>
    fileError(
      'PLR9011',
      file,
      `router ${name} has no backend, so that each run of the pipeline would forget what the run before it made`,
      'name one under `terraform: backend:`',
    ),
  );
  return {
    environment: {
      ...defined({ name: env }),
      files: [file, ...(env === undefined ? [] : [overlayFile(file, env)]), examination.lockFile],
      stacks: routers.map((router) => ({
        router: router.name,
        deployment: router.deployment,
        cloud: router.cloud,
        region: regionOf(router),
        ...defined({ after: routers.find(({ name }) => name === router.ncc.router)?.deployment }),
      })),
    },
    diagnostics: [...examination.diagnostics, ...lost],
    ...(examination.changed
      ? {
          stale: [
            'privatelink-router lock',
            ...(file === DEFAULT_FILE ? [] : [file]),
            ...(env === undefined ? [] : ['--env', env]),
          ].join(' '),
        }
      : {}),
  };
}

/** @throws InputError PLR9003 naming every file that is there already; nothing is written then */
function refuseOverwriting(files: readonly PipelineFile[]): void {
  const there = files.filter(({ path }) => existsSync(path));
  if (there.length > 0) {
    throw new InputError(
      there.map(({ path }) =>
        fileError(
          'PLR9003',
          path,
          'the file is there already and is left as it is; nothing was written',
          'take it away first, or run this in an empty folder and take over what you need',
        ),
      ),
    );
  }
}

function write(files: readonly PipelineFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    // The flag refuses a file that came into being in between.
    writeFileSync(path, text, { flag: 'wx' });
  }
}

/** What is missing in the package.json that is there. */
function packageAdvice(): readonly string[] {
  const known = decodeText(readFileSync('package.json'))?.includes('"privatelink-router"') === true;
  return known
    ? []
    : [`run \`npm install --save-exact privatelink-router@${version()}\`: package.json does not name it yet`];
}

/** `init --pipeline`: files with which a product runs the inventory. @throws InputError, UsageError */
export async function initPipeline(options: InitPipelineOptions): Promise<Outcome> {
  const { pipeline } = options;
  const file = inventoryPath(options.file);
  const overlays = options.envs ?? environmentsOf(file, process.cwd());
  const examined = await Promise.all(
    (overlays.length === 0 ? [undefined] : overlays).map((env) => look(file, env, pipeline)),
  );
  const diagnostics = acrossEnvironments(
    file,
    examined.map((one) => ({ env: one.environment.name, diagnostics: one.diagnostics })),
  );
  if (hasErrors(diagnostics)) {
    throw new InputError(diagnostics);
  }
  const repository = remoteName('.');
  const branch = mainBranch('.');
  const described: Pipeline = {
    file,
    environments: examined.map(({ environment }) => environment),
    branch: PLAIN_TEXT.test(branch) ? branch : 'main',
    ...(repository === undefined || !PLAIN_TEXT.test(repository) ? {} : { repository }),
  };
  const files = pipelineFiles(pipeline, described);
  refuseOverwriting(files);
  const more = packageFiles(version()).filter(({ path }) => !existsSync(path));
  const advice = more.some(({ path }) => path === 'package.json') ? [] : packageAdvice();
  write([...files, ...more]);
  const attributes = keepLineFeeds(
    '.',
    attributeLines(
      file,
      files.map(({ path }) => path),
    ),
  );
  const written = [...[...files, ...more].map(({ path }) => path), ...attributes.written];
  const stale = examined.flatMap((one) => (one.stale === undefined ? [] : [one.stale]));
  const steps = [
    ...attributes.advice,
    ...advice,
    ...(existsSync('package-lock.json') && advice.length === 0
      ? []
      : ['run `npm install` and commit package-lock.json with the rest']),
    ...stale.map((command) => `run \`${command}\` and commit the lock: the pipeline only checks it`),
    'set up what the product needs once: credentials and environments, named in the head of the files',
  ];
  return {
    diagnostics,
    document: { version: 1, written, next: steps, diagnostics },
    text: (style: Style) =>
      `${[
        ...written.map((path) => `${style.colors.green('wrote')} ${printable(join(path))}`),
        '',
        'Next:',
        ...steps.map((step) => `  ${printable(step)}`),
      ].join('\n')}\n`,
  };
}
