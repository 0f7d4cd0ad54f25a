import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { renderErrorsMarkdown } from '../../src/reports';
import { filesUnder } from '../support/source-files';

const ROOT = resolve(__dirname, '..', '..');
const FILES = [...filesUnder('src'), ...filesUnder('stacks')];

/** Codes that stand in the code itself; a comment that names one does not use it. */
function codesOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && /^PLR\d{4}$/.test(node.text)) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the catalogue of codes', () => {
  const isCodes = (file: string) => /^src\/errors\/(inventory\/)?[a-z]+-codes\.ts$/.test(file);
  const used = new Set(FILES.filter((file) => !isCodes(file)).flatMap(codesOf));

  it('has every code that the source uses', () => {
    expect([...used].filter((code) => !(code in CATALOGUE))).toEqual([]);
  });

  it('has no code that the source does not use', () => {
    expect(Object.keys(CATALOGUE).filter((code) => !used.has(code))).toEqual([]);
  });

  it('has each code once, in the file of its room', () => {
    const ranges: Readonly<Record<string, string>> = {
      inventory: '1',
      planner: '2',
      lock: '3',
      resolver: '4',
      stacks: '5',
      modules: '6',
      cli: '9',
      adopt: '9',
    };
    const defined = FILES.filter(isCodes).flatMap((file) => {
      const room = /^src\/errors\/([a-z]+)/.exec(file)?.[1] ?? '';
      return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^ {2}(PLR\d{4}):/gm)].map(([, code = '']) => ({
        room,
        code,
      }));
    });
    expect(defined.length).toBe(Object.keys(CATALOGUE).length);
    expect(defined.filter(({ room, code }) => code[3] !== ranges[room])).toEqual([]);
  });

  it('says of each code what it means', () => {
    const thin = Object.entries(CATALOGUE).filter(
      ([, { title, explanation }]) => title.length < 5 || explanation.length < 30 || !/[.!]$/.test(explanation),
    );
    expect(thin).toEqual([]);
  });

  it('is the page docs/errors.md', () => {
    expect(readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')).toBe(renderErrorsMarkdown(CATALOGUE));
  });
});
