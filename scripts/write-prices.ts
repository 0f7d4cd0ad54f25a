import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderPricesMarkdown } from '../src/prices';

const file = join(__dirname, '..', 'docs', 'prices.md');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, renderPricesMarkdown());
