import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { platform } from './platform';

export type StandInName = 'azurerm' | 'databricks' | 'dns';

/** In a package's folder: this is no real provider, whoever finds it. */
const MARK = 'stand-in.txt';

/** True for a package that we have built. */
export function isStandIn(folder: string): boolean {
  return existsSync(join(folder, MARK));
}

/** Where this project's node_modules are, for the code that runs from the mirror. */
function modulesFolder(): string {
  return dirname(dirname(dirname(require.resolve('@grpc/grpc-js/package.json'))));
}

/** Every TypeScript file below a folder, as plain JavaScript below another. */
function transpile(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    if (entry.isDirectory()) {
      transpile(source, join(to, entry.name));
      continue;
    }
    const { outputText } = transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(join(to, `${basename(entry.name, '.ts')}.js`), outputText);
  }
}

/** Puts a provider into a filesystem mirror: its code as plain JavaScript, its schemas, and an executable that starts it. */
export function buildStandIn(options: {
  readonly mirror: string;
  readonly source: string;
  readonly version: string;
  readonly name: StandInName;
  readonly schema: string;
}): void {
  const folder = join(options.mirror, options.source, options.version, platform());
  mkdirSync(folder, { recursive: true });
  transpile(join(__dirname, 'provider'), folder);
  copyFileSync(options.schema, join(folder, 'schemas.json'));
  writeFileSync(join(folder, MARK), 'A stand-in made by the tests of privatelink-router.\n');
  writeFileSync(
    join(folder, `terraform-provider-${options.name}_v${options.version}`),
    [
      `#!${process.execPath}`,
      `process.env.NODE_PATH = ${JSON.stringify(modulesFolder())};`,
      `require('node:module').Module._initPaths();`,
      `require('./main.js').serve(${JSON.stringify(options.name)}, require('node:path').join(__dirname, 'schemas.json'));`,
      '',
    ].join('\n'),
    { mode: 0o755 },
  );
}
