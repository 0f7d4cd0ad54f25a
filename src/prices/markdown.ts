import type { Price } from '../model';
import { HOURS_A_MONTH, PRICES } from './table';

/** `docs/prices.md`: every row of the table, in its order. */
export function renderPricesMarkdown(): string {
  return [
    '# Prices',
    '',
    'Generated from `src/prices` by `npm run generate`; change the table there, not this page.',
    '',
    `List prices in US dollars, without discounts, reservations and taxes. A month has ${HOURS_A_MONTH} hours. A price without`,
    'a region of its own is the same everywhere; the others differ from region to region.',
    '',
    '| price | what | US dollars | region | source, checked |',
    '|---|---|---|---|---|',
    ...PRICES.map(row),
    '',
  ].join('\n');
}

function row({ id, what, value, per, region, source, checked }: Price): string {
  return `| \`${id}\` | ${what} | ${value} a${per === 'hour' ? 'n hour' : ' GB'} | ${region} | [source](${source}), ${checked} |`;
}
