import { join } from 'node:path';
import { CAPABILITIES, type Capability, ENGINES } from '../src/forwarder';
import type { Engine } from '../src/model';

/** The page that a person wrote, with one table that comes from the code. */
export const ENGINES_PAGE = join(__dirname, '..', 'docs', 'engines.md');

const BEGIN = '<!-- engines: begin (written by `npm run generate` from src/forwarder) -->';
const END = '<!-- engines: end -->';

/** What each engine can do, and which packages it needs, as a Markdown table. */
function table(): string {
  const engines = Object.keys(ENGINES) as Engine[];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const capabilities = Object.keys(CAPABILITIES) as Capability[];
  return [
    row(['', ...engines.map((engine) => `\`${engine}\``), 'without it']),
    row(['---', ...engines.map(() => '---'), '---']),
    ...capabilities.map((capability) =>
      row([
        CAPABILITIES[capability].what,
        ...engines.map((engine) => (ENGINES[engine].capabilities[capability] ? 'yes' : 'no')),
        CAPABILITIES[capability].without,
      ]),
    ),
    row([
      'packages that the machine needs',
      ...engines.map((engine) => ENGINES[engine].packages.map((name) => `\`${name}\``).join(', ')),
      '',
    ]),
    row(['its log', ...engines.map((engine) => `\`journalctl -u ${ENGINES[engine].service}\``), '']),
  ].join('\n');
}

/** The page with its table as the code has it now. @throws Error where the page lost the two marks around the table */
export function withTable(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${ENGINES_PAGE} lacks the marks ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin)}${BEGIN}\n${table()}\n${page.slice(end)}`;
}
