import { readFileSync, writeFileSync } from 'node:fs';
import { ENGINES_PAGE, withTable } from './engines-page';

writeFileSync(ENGINES_PAGE, withTable(readFileSync(ENGINES_PAGE, 'utf8')));
