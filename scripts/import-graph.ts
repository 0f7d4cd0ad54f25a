import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** What one source file leads to: files of the project, as paths from its root, and the names of packages. */
interface Edges {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** A module whose types alone are wanted is not loaded. */
function onlyTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  return ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly === true : node.isTypeOnly;
}

function textOf(node: ts.Node | undefined): readonly string[] {
  return node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];
}

/** The modules that a file loads, and every other text in it; the parts that one call joins are one text too. */
function textsOf(source: ts.SourceFile): { readonly modules: readonly string[]; readonly texts: readonly string[] } {
  const modules: string[] = [];
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!onlyTypes(node)) modules.push(...textOf(node.moduleSpecifier));
      return;
    }
    if (ts.isCallExpression(node)) {
      const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
      if (loads) modules.push(...textOf(node.arguments[0]));
      else texts.push(node.arguments.flatMap(textOf).join('/'));
    }
    texts.push(...textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { modules, texts };
}

/** A path of the project, unlike the name of a package. */
function isFile(name: string): boolean {
  return /\.(ts|json)$/.test(name);
}

/** The import graph of a checkout: what a file leads to by imports, and by naming a program that it starts. */
export class ImportGraph {
  private readonly known = new Map<string, Edges>();
  private readonly root: string;
  private readonly scripts: Readonly<Record<string, string>>;

  /** @param root the folder of `package.json` */
  public constructor(root: string) {
    this.root = resolve(root);
    const manifest = JSON.parse(readFileSync(join(this.root, 'package.json'), 'utf8'));
    this.scripts = (manifest as { scripts?: Record<string, string> }).scripts ?? {};
  }

  /** Every file and package that a file leads to, itself included. @param file its path from the root */
  public reach(file: string): ReadonlySet<string> {
    const reached = new Set([file]);
    // A set is walked in the order in which it grows: what is added on the way has its turn too.
    for (const one of reached) {
      if (!isFile(one)) continue;
      const { files, packages } = this.edges(one);
      for (const next of [...files, ...packages]) reached.add(next);
    }
    return reached;
  }

  private edges(file: string): Edges {
    const known = this.known.get(file) ?? this.read(file);
    this.known.set(file, known);
    return known;
  }

  private read(file: string): Edges {
    const text = readFileSync(join(this.root, file), 'utf8');
    if (file.endsWith('.json')) {
      return { files: text.split(/[\s'"]+/).flatMap((name) => this.named(file, name)), packages: [] };
    }
    const { modules, texts } = textsOf(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
    const commands = texts.includes('npm') ? texts.flatMap((name) => this.scripts[name]?.split(/[\s'"]+/) ?? []) : [];
    return {
      files: [
        ...modules.filter((name) => name.startsWith('.')).flatMap((name) => this.find(join(dirname(file), name))),
        ...[...texts, ...commands].flatMap((name) => this.named(file, name)),
      ],
      packages: modules
        .filter((name) => !name.startsWith('.'))
        .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')),
    };
  }

  /**
   * A text that is the path of a source file: from the file's own folder, from the root, or where the build puts it.
   * What a configuration names is started by who reads it; the scripts of `package.json` go by their names instead, and
   * tests are started by nobody but the runner.
   */
  private named(file: string, text: string): readonly string[] {
    if (!/^[\w@./-]+\.([jt]s|json)$/.test(text) || /(^|\/)package(-lock)?\.json$|\.test\.ts$/.test(text)) return [];
    const built = /(?:^|\/)dist\/(.+)$/.exec(text)?.[1];
    const paths = [join(dirname(file), text), text, ...(built === undefined ? [] : [built])];
    return paths.flatMap((path) => this.find(path)).slice(0, 1);
  }

  private find(path: string): readonly string[] {
    const inside = relative(this.root, resolve(this.root, path));
    if (inside.startsWith('..') || inside.split('/').includes('node_modules')) return [];
    return [inside, inside.replace(/\.js$/, '.ts'), `${inside}.ts`, join(inside, 'index.ts')]
      .filter((candidate) => {
        const full = join(this.root, candidate);
        return isFile(candidate) && existsSync(full) && statSync(full).isFile();
      })
      .slice(0, 1);
  }
}

/** Every test file of a checkout, as paths from its root. */
export function testFiles(root: string): readonly string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('test', name))
    .sort();
}
