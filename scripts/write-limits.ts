import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderLimitsMarkdown } from '../src/limits';

const file = join(__dirname, '..', 'docs', 'limits.md');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, renderLimitsMarkdown());
