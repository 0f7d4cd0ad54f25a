import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CATALOGUE } from '../src/errors';
import { renderErrorsMarkdown } from '../src/reports';

const file = join(__dirname, '..', 'docs', 'errors.md');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, renderErrorsMarkdown(CATALOGUE));
