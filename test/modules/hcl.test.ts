import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hclCondition, hclFile, hclTemplate, hclText, hclValue } from '../../src/modules/hcl';
import { describeWith } from '../terraform/support/gate';

const scratch = mkdtempSync(join(tmpdir(), 'plr-hcl-'));
writeFileSync(join(scratch, 'none.tfrc'), '');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What makes trouble in templates, more often than chance would. */
const piece = fc.oneof(
  fc.constantFrom(
    '$',
    '%',
    '{',
    '}',
    '"',
    '\\',
    '${',
    '%{',
    '$${',
    '~}',
    '\n',
    '\r',
    '\t',
    '#',
    '//',
    '<<EOT',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

function terraform(folder: string, ...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: join(scratch, 'none.tfrc') };
  const ended = spawnSync('terraform', args, { cwd: folder, env, encoding: 'utf8' });
  return { code: ended.status, out: `${ended.stdout}${ended.stderr}` };
}

/** The values of expressions as Terraform reads them. */
function evaluated(name: string, expressions: readonly string[]): unknown[] {
  const folder = mkdtempSync(join(scratch, `${name}-`));
  const file = hclFile(
    'Values.',
    expressions.flatMap((expression, index) => [
      { type: 'variable', labels: [`v${index}`], body: [{ name: 'default', expression }] },
      { type: 'output', labels: [`o${index}`], body: [{ name: 'value', expression: `var.v${index}` }] },
    ]),
  );
  writeFileSync(join(folder, 'main.tf'), file);
  const apply = terraform(folder, 'apply', '-auto-approve', '-input=false', '-no-color');
  expect(apply.code, apply.out).toBe(0);
  const outputs = JSON.parse(terraform(folder, 'output', '-json').out) as Record<string, { value: unknown }>;
  return expressions.map((_, index) => outputs[`o${index}`]?.value);
}

const nfc = (value: unknown): unknown => JSON.parse(JSON.stringify(value).normalize('NFC'));

describeWith(['terraform'], 'what is written as HCL', () => {
  it('is read back as the same text', () => {
    const texts = [...fc.sample(text, { numRuns: 400, seed: 7 }), '$${x}', '$$${x}', '%%%{if}', 'a$%{b', '\\${x}'];
    const back = evaluated('texts', texts.map(hclText));
    expect(back).toEqual(texts.map(nfc));
  });

  it('is read back as the same value', () => {
    const values = fc.sample(
      fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
          { maxDepth: 3 },
          text,
          fc.boolean(),
          fc.integer(),
          fc.array(text, { maxLength: 3 }),
          fc.dictionary(
            text.filter((key) => key !== '__proto__'),
            tie('value'),
            { maxKeys: 4 },
          ),
        ),
      })).value,
      { numRuns: 150, seed: 11 },
    );
    // Keys are normalised too: two that become one are no value that could be read back.
    const kept = values.filter((value) => JSON.stringify(nfc(value)) === JSON.stringify(value));
    expect(kept.length).toBeGreaterThan(100);
    expect(
      evaluated(
        'values',
        kept.map((value) => hclValue(value)),
      ),
    ).toEqual(kept);
  });

  it('is laid out as terraform fmt leaves it', () => {
    const folder = mkdtempSync(join(scratch, 'fmt-'));
    const file = hclFile('One line.\n\nAnother one.', [
      {
        type: 'variable',
        labels: ['targets'],
        body: [
          { name: 'description', expression: hclText('What "they" are: ${text}') },
          { name: 'type', expression: 'list(object({\n  name = string\n  port = optional(number)\n}))' },
          { name: 'default', expression: hclValue([{ name: 'a', 'not a name': 1, list: [] }, {}]) },
          { name: 'nullable', expression: 'false' },
          { type: 'validation', labels: [], body: [{ name: 'condition', expression: hclCondition('true\n&& true') }] },
          { type: 'validation', labels: [], body: [] },
        ],
      },
    ]);
    writeFileSync(join(folder, 'main.tf'), file);
    expect(terraform(folder, 'fmt', '-check', '-diff')).toEqual({ code: 0, out: '' });
  });
});

describe('a template of ours', () => {
  it('keeps its expressions and escapes what stands around them', () => {
    expect(hclTemplate('Say "${join(", ", [for t in var.list : "${t}}"])}" \\ $${x} ${var.a}.')).toBe(
      '"Say \\"${join(", ", [for t in var.list : "${t}}"])}\\" \\\\ $${x} ${var.a}."',
    );
  });

  it.each(['${var.a', '${"a}', '%{if true}'])('is refused where it has no end or a directive: %s', (template) => {
    expect(() => hclTemplate(template)).toThrow(/template/);
  });
});
