import type { Price } from '../model';
import { AZURE_PRICES } from './azure';

/** The id of a row, so that a misspelt one does not compile. */
type PriceId = (typeof AZURE_PRICES)[number]['id'];

/** Hours of a month, as the clouds' own calculators count them. */
export const HOURS_A_MONTH = 730;

/** Every list price that a figure of ours is made of. A price stands here and nowhere else. */
export const PRICES: readonly (Price & { readonly id: PriceId })[] = AZURE_PRICES;

/** The price of a row in US dollars, per hour or per GB as the row says. */
export function price(id: PriceId): number {
  const found = PRICES.find((row) => row.id === id);
  if (found === undefined) throw new Error(`There is no price ${id}.`);
  return found.value;
}
