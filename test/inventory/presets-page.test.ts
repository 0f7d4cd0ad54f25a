import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PRESETS, renderPresetsMarkdown } from '../../src/inventory';

it('docs/presets.md is what the table gives: npm run generate', () => {
  const page = readFileSync(join(__dirname, '../../docs/presets.md'), 'utf8');
  expect(page).toBe(renderPresetsMarkdown());
  for (const name of PRESETS.keys()) expect(page).toContain(`| \`${name}\` |`);
});
