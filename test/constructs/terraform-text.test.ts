import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformLocal, TerraformStack, Token } from 'cdktf';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { terraformText, terraformValue } from '../../src/constructs';
import { evaluated } from './support/template';

const fragments = fc.constantFrom(
  '$',
  '%',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '"',
  '\\',
  '\n',
  'TfToken[',
  'TOKEN.0]}',
  '#',
  '&',
  'a',
  '${TfToken[TOKEN.1]}',
  '#{TfToken[TOKEN.1]}',
  '&{TfToken[TOKEN.1]}',
  '-1.8881545897087626e+289',
  'e',
  '1e5',
  ' ',
  'é',
);
const nasty = fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join(''));
const text = fc.oneof(nasty, fc.string({ unit: 'grapheme' }));

describe('text of the inventory in Terraform', () => {
  it.each([
    ['orders-db.corp.example', 'orders-db.corp.example'],
    ['${', '$${'],
    ['%{ if true }', '%%{ if true }'],
    ['$${x}', '${"$$"}{x}'],
    ['$%{x}', '${"$%"}{x}'],
    ['cost: $5, 10%', 'cost: $5, 10%'],
    ['${TfToken[TOKEN.0]}', '$${TfToken${"["}TOKEN.0]}'],
    ['#{TfToken[TOKEN.0]}', '#{TfToken${"["}TOKEN.0]}'],
  ])('writes %j as %j', (given, written) => {
    expect(terraformText(given)).toBe(written);
  });

  it('evaluates to the text that went in, whatever it is', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(evaluated(terraformText(given))).toBe(given);
      }),
      { numRuns: 2000 },
    );
  });

  it('passes through cdktf unchanged, as a value and as a key', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'plr-text-'));
    onTestFinished(() => rmSync(outdir, { recursive: true }));
    const app = new App({ outdir, stackTraces: false });
    // Tokens that exist are the ones that an inventory must not be able to name.
    Token.asString({ resolve: () => 'leaked' });
    Token.asNumber({ resolve: () => 'leaked' });
    Token.asList({ resolve: () => ['leaked'] });
    let count = 0;
    fc.assert(
      fc.property(text, text, (key, value) => {
        count += 1;
        const stack = new TerraformStack(app, `s${count}`);
        new TerraformLocal(stack, 'local', terraformValue({ [key]: value })).overrideLogicalId('local');
        const written = (stack.toTerraform() as { locals: { local: Record<string, string> } }).locals.local;
        const read = Object.entries(written).map(([k, v]) => [evaluated(k), evaluated(v)]);
        expect(read).toEqual([[key, value]]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a key that plain assignment would swallow', () => {
    const tags: Record<string, string> = JSON.parse('{"__proto__":"x"}');
    expect(Object.entries(terraformValue(tags))).toEqual([['${"_"}_proto__', 'x']]);
  });

  it('leaves numbers, booleans and null alone, at any depth', () => {
    const value = { a: [1, true, null, '${x}'], b: { '${k}': -2.5 } };
    expect(terraformValue(value)).toEqual({ a: [1, true, null, '$${x}'], b: { '$${k}': -2.5 } });
  });
});
