import { join } from 'node:path';
import { CAPABILITIES, CAPABILITY_NAMES, ENGINE_NAMES, ENGINES } from '../src/forwarder';

/** The page that a person wrote, with one table that comes from the code. */
export const ENGINES_PAGE = join(__dirname, '..', 'docs', 'engines.md');

const BEGIN = '<!-- engines: begin (written by `npm run generate` from src/forwarder) -->';
const END = '<!-- engines: end -->';

/** What each engine can do, and which packages it needs, as a Markdown table. */
function table(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...ENGINE_NAMES.map((engine) => `\`${engine}\``), 'without it']),
    row(['---', ...ENGINE_NAMES.map(() => '---'), '---']),
    ...CAPABILITY_NAMES.map((capability) =>
      row([
        CAPABILITIES[capability].what,
        ...ENGINE_NAMES.map((engine) => (ENGINES[engine].capabilities[capability] ? 'yes' : 'no')),
        CAPABILITIES[capability].without,
      ]),
    ),
    row([
      'routes',
      ...ENGINE_NAMES.map((engine) => ENGINES[engine].routes.map((route) => `\`${route}\``).join(', ')),
      '',
    ]),
    row([
      'packages that the machine needs',
      ...ENGINE_NAMES.map((engine) => ENGINES[engine].packages.map((name) => `\`${name}\``).join(', ')),
      '',
    ]),
    row(['its log', ...ENGINE_NAMES.map((engine) => `\`journalctl -u ${ENGINES[engine].service}\``), '']),
  ].join('\n');
}

/** The page with its table as the code has it now. @throws Error where the page lost the two marks around the table */
export function withTable(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${ENGINES_PAGE} lacks the marks ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin)}${BEGIN}\n${table()}\n${page.slice(end)}`;
}
