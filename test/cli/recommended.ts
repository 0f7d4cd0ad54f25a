import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { CATALOGUE } from '../../src/errors';

const ROOT = resolve(__dirname, '..', '..');
const COMMAND = /privatelink-router (?:adopt|check|init|lock|modules|plan|synth)\b/;
/** Rooms that make findings; the help of the command line and generated files recommend nothing about a finding. */
const ROOMS = ['adopt', 'app', 'cli/commands', 'inventory', 'lock', 'planner', 'resolver', 'errors'];

function parsed(): readonly ts.SourceFile[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('-codes.ts'))
      .map((name) => join(ROOT, 'src', room, name)),
  ).map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
}

function nodesIn(root: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

function textOf(node: ts.Node): string {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
  return isText ? node.text : '';
}

function codesIn(root: ts.Node): readonly string[] {
  return nodesIn(root)
    .map(textOf)
    .filter((text) => /^PLR\d{4}$/.test(text));
}

/** Whether an identifier is read, in the file of the name or in one that imports it. */
function isUse(node: ts.Identifier, name: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  const file = node.getSourceFile();
  if (file === name.getSourceFile()) return true;
  return nodesIn(file).some((one) => ts.isImportSpecifier(one) && one.name.text === name.text);
}

/**
 * The codes whose fix recommends a command of ours: those of the smallest expression around the command's words that has
 * one. Words in a constant, a variable or a helper are followed to where these are used.
 */
function inFixes(): ReadonlySet<string> {
  const files = parsed();
  const everywhere = files.flatMap(nodesIn);
  const found = new Set<string>();
  const seen = new Set<ts.Node>();
  const users = (name: ts.Identifier, scope: readonly ts.Node[]): readonly ts.Node[] =>
    scope.filter((node) => ts.isIdentifier(node) && node.text === name.text && node !== name && isUse(node, name));
  const climb = (start: ts.Node): void => {
    if (seen.has(start)) return;
    seen.add(start);
    for (let node = start; node.parent !== undefined; node = node.parent) {
      const codes = codesIn(node);
      if (codes.length > 0) {
        for (const code of codes) found.add(code);
        return;
      }
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
        const home = ts.findAncestor(node, ts.isBlock);
        for (const user of users(node.name, home === undefined ? everywhere : nodesIn(home))) climb(user);
        return;
      }
      if (ts.isReturnStatement(node)) {
        const home = ts.findAncestor(node, ts.isFunctionDeclaration);
        if (home?.name !== undefined) for (const user of users(home.name, everywhere)) climb(user);
      }
      if (ts.isStatement(node)) return;
    }
  };
  for (const node of everywhere) if (COMMAND.test(textOf(node))) climb(node);
  return found;
}

/** The codes whose page in docs/errors.md recommends a command of ours. */
function inPages(): readonly string[] {
  return Object.entries(CATALOGUE).flatMap(([code, { explanation }]) => (COMMAND.test(explanation) ? [code] : []));
}

/** Every code whose fix or page recommends a command of ours, sorted. */
export function recommendingCodes(): readonly string[] {
  return [...new Set([...inFixes(), ...inPages()])].filter((code) => code in CATALOGUE).sort();
}
