import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesUnder } from './support/source-files';

const ROOT = resolve(__dirname, '..');

/** What each room may import of the others. A room that is not named here has no place yet. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: ['model'],
  limits: ['model', 'errors'],
  prices: ['model'],
  forwarder: ['model'],
  inventory: ['limits', 'forwarder', 'model', 'errors'],
  lock: ['model', 'errors'],
  planner: ['limits', 'prices', 'forwarder', 'model', 'errors'],
  changes: ['lock', 'model'],
  flows: ['limits', 'forwarder', 'model'],
  resolver: ['forwarder', 'limits', 'model', 'errors'],
  bindings: [],
  constructs: ['bindings', 'flows', 'forwarder', 'model', 'limits'],
  stacks: ['constructs', 'bindings', 'flows', 'forwarder', 'model', 'app', 'errors', 'reports'],
  modules: ['constructs', 'bindings', 'flows', 'forwarder', 'limits', 'inventory', 'planner', 'model', 'errors'],
  reports: ['flows', 'forwarder', 'limits', 'model', 'errors'],
  pipelines: ['model'],
  app: ['inventory', 'flows', 'limits', 'lock', 'planner', 'changes', 'resolver', 'reports', 'model', 'errors'],
  adopt: ['constructs', 'modules', 'planner', 'limits', 'model', 'errors'],
  cli: [
    'adopt',
    'app',
    'flows',
    'stacks',
    'modules',
    'reports',
    'pipelines',
    'inventory',
    'lock',
    'planner',
    'changes',
    'model',
    'errors',
  ],
  entry: [
    'app',
    'stacks',
    'reports',
    'inventory',
    'limits',
    'lock',
    'planner',
    'changes',
    'resolver',
    'model',
    'errors',
  ],
};

interface Import {
  /** The importing file, from the root. */
  readonly file: string;
  readonly specifier: string;
  /** The imported module as a path from the root without an ending, or the package's specifier. */
  readonly target: string;
  readonly local: boolean;
}

/** Static, type-only and dynamic imports, re-exports, `require` and `import()` types. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) &&
            (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      found.push(specifier.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((specifier) => {
    const local = specifier.startsWith('.');
    const target = local ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier;
    return { file, specifier, target, local };
  });
}

function roomOf(path: string): string {
  const [top = '', room = ''] = path.split('/');
  if (top === 'stacks') {
    return 'stacks';
  }
  return top === 'src' && (path.split('/').length > 2 || room in MAY_IMPORT) ? room : 'entry';
}

/** The file of an import's target: the file itself, or the index of a folder. */
function fileOf(target: string): string {
  return FILES.includes(`${target}.ts`) ? `${target}.ts` : `${target}/index.ts`;
}

/**
 * Ways of imports that come back to where they began, each as the files on it. Of several that share a file at least one
 * is found; imports of types count, since who reads one file of a circle has to read all.
 */
function circlesOf(imports: readonly { readonly from: string; readonly to: string }[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of edges.keys()) follow(file, []);
  return circles;
}

const FILES = [...filesUnder('src'), ...filesUnder('stacks')];
const IMPORTS = FILES.flatMap(importsOf);

describe('the direction of imports', () => {
  it('sees the imports that there are', () => {
    expect(FILES).toContain('src/cli/main.ts');
    expect(IMPORTS.filter(({ file }) => file === 'src/cli/program.ts').map(({ target }) => target)).toContain(
      'src/cli/commands/synth',
    );
  });

  it('gives every room of the source a place', () => {
    expect(FILES.map(roomOf).filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('lets no room import upwards', () => {
    const wrong = IMPORTS.filter(({ local }) => local).filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      return from !== to && !(MAY_IMPORT[from] ?? []).includes(to);
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('lets no room reach into another past its index', () => {
    const wrong = IMPORTS.filter(({ local }) => local).filter(({ file, target }) => {
      if (roomOf(file) === roomOf(target)) {
        return false;
      }
      // The codes of a room are types for that room, and the catalogue for everybody else.
      const ownCodes = target === `src/errors/${roomOf(file) === 'app' ? 'cli' : roomOf(file)}-codes`;
      const index = roomOf(target) === 'stacks' ? 'stacks' : `src/${roomOf(target)}`;
      return target !== index && !ownCodes;
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('has no circle, not even inside a room', () => {
    const imports = IMPORTS.filter(({ local }) => local).map(({ file, target }) => ({
      from: file,
      to: fileOf(target),
    }));
    expect(imports.map(({ to }) => to).filter((file) => !FILES.includes(file))).toEqual([]);
    expect(circlesOf(imports)).toEqual([]);
  });

  it('sees a circle where there is one', () => {
    const chain = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
    ];
    expect(circlesOf(chain)).toEqual([]);
    expect(circlesOf([...chain, { from: 'c', to: 'b' }])).toEqual(['b -> c -> b']);
    expect(circlesOf([{ from: 'a', to: 'a' }])).toEqual(['a -> a']);
  });

  it('knows the providers in bindings alone, by lib/ subpath', () => {
    const providers = IMPORTS.filter(({ specifier }) => specifier.startsWith('@cdktf/'));
    expect(providers.length).toBeGreaterThan(0);
    expect(
      providers
        .filter(
          ({ file, specifier }) => roomOf(file) !== 'bindings' || !/^@cdktf\/provider-[a-z]+\/lib\/.+/.test(specifier),
        )
        .map(({ file, specifier }) => `${file} imports ${specifier}`),
    ).toEqual([]);
  });

  it('keeps cdktf out of everything but bindings, constructs, stacks and modules', () => {
    const users = IMPORTS.filter(({ specifier }) => /^(cdktf|constructs)(\/|$)/.test(specifier)).map(({ file }) =>
      roomOf(file),
    );
    expect(
      [...new Set(users)].filter((room) => !['bindings', 'constructs', 'stacks', 'modules'].includes(room)),
    ).toEqual([]);
  });

  it('loads the stacks from the command line only when synth runs', () => {
    const eager = IMPORTS.filter(({ file, target }) => roomOf(file) === 'cli' && roomOf(target) === 'stacks');
    expect(eager.map(({ file }) => file)).toEqual(['src/cli/commands/synth.ts']);
  });

  it('loads the modules from the command line only when they are asked for', () => {
    const eager = IMPORTS.filter(({ file, target }) => roomOf(file) === 'cli' && roomOf(target) === 'modules');
    expect(eager.map(({ file }) => file)).toEqual(['src/cli/commands/modules.ts']);
  });
});

describe('docs/architecture.md', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, room = '', imports = '']) => ({
    room,
    imports: imports === 'nothing' ? [] : imports.split(', ').sort(),
  }));

  it('has each room of the source once, and no other', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rooms = [...folders.map(({ name }) => name), 'stacks', 'entry'];
    expect(rows.map(({ room }) => room).sort()).toEqual(rooms.sort());
  });

  it('says of each what it may import', () => {
    const allowed = Object.entries(MAY_IMPORT).map(([room, imports]) => [room, [...imports].sort()]);
    expect(Object.fromEntries(rows.map(({ room, imports }) => [room, imports]))).toEqual(Object.fromEntries(allowed));
  });

  it('names files and folders that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|stacks|docs)\/[^`<>]*)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
