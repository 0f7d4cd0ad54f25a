import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** The stand-ins' code as plain JavaScript, by the path below their folder: one for all of them, and made once. */
let code: ReadonlyMap<string, string> | undefined;

function transpiled(): ReadonlyMap<string, string> {
  const folder = join(__dirname, 'provider');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Map(
    files.map((name) => {
      const { outputText } = transpileModule(readFileSync(join(folder, name), 'utf8'), {
        compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
      });
      return [`${name.slice(0, -'.ts'.length)}.js`, outputText];
    }),
  );
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
  code ??= transpiled();
  for (const [name, text] of code) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
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
