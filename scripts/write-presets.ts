import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPresetsMarkdown } from '../src/inventory';

writeFileSync(join(__dirname, '..', 'docs', 'presets.md'), renderPresetsMarkdown());
