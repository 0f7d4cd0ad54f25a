import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES } from '../src/forwarder';
import { CLOUDS } from '../src/model';

const ROOT = resolve(__dirname, '..');

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** Every comparison with one of some words, or `case` of it, as it stands in the file: `cloud === 'aws'`. */
function comparisons(text: string, words: readonly string[]): string[] {
  const source = ts.createSourceFile('one.ts', text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const isWord = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && words.includes(node.text);
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
      if (isWord(node.left) || isWord(node.right)) found.push(node.getText());
    }
    if (ts.isCaseClause(node) && isWord(node.expression)) found.push(`case ${node.expression.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function asked(words: readonly string[], exceptions: readonly string[]): string[] {
  return [...filesUnder('src', /\.ts$/), ...filesUnder('stacks', /\.ts$/)]
    .flatMap((file) => comparisons(readFileSync(join(ROOT, file), 'utf8'), words).map((text) => `${file}: ${text}`))
    .filter((line) => !exceptions.includes(line));
}

describe('what differs from cloud to cloud, or from engine to engine', () => {
  it('finds the comparisons that there are', () => {
    expect(comparisons("const a = router.cloud !== 'aws' ? 1 : 2;", CLOUDS)).toEqual(["router.cloud !== 'aws'"]);
    expect(comparisons("switch (cloud) { case 'azure': break; }", CLOUDS)).toEqual(["case 'azure'"]);
    expect(comparisons("const a = cloud === other; // 'aws'", CLOUDS)).toEqual([]);
  });

  it('is a row of a table, and no comparison with a cloud', () => {
    const allowed = [
      // A partition of AWS has the name of the cloud.
      "src/adopt/adopted.ts: partition !== 'aws'",
      "src/adopt/stack-files.ts: router.partition === 'aws'",
      "src/adopt/module-files.ts: router.partition === 'aws'",
      // What is taken over is of AWS, whatever clouds there are.
      "src/adopt/stack-files.ts: inventory.cloud === 'aws'",
    ];
    expect(asked(CLOUDS, allowed)).toEqual([]);
  });

  it('is a row of a table, and no comparison with an engine', () => {
    expect(asked(ENGINE_NAMES, [])).toEqual([]);
  });
});

describe('the room of the forwarder', () => {
  /** What a machine hears of its end is in the words of the cloud that tells it; two more name in a comment whom they serve. */
  const TOLD_BY_THE_CLOUD = ['health.py.tftpl', 'leaving.py', 'leaving_events.py', 'setup-sysctl.conf.tftpl'].map(
    (name) => join('src/forwarder', name),
  );

  it('knows nothing of a cloud', () => {
    const said = filesUnder('src/forwarder', /./)
      .filter((file) => !TOLD_BY_THE_CLOUD.includes(file))
      .filter((file) =>
        /azure|\baws\b|amazon|private link|168\.63\.129\.16/i.test(readFileSync(join(ROOT, file), 'utf8')),
      );
    expect(said).toEqual([]);
  });
});
