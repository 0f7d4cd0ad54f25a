/** `1 listener`, `2 listeners`: a number with its word. @param plural default: the word with an `s` */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number} ${number === 1 ? word : plural}`;
}

/** The first items in one line, and how many more there are: `a, b, c, d, e and 4 more`. */
export function shortList(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** A list as a reader has it in mind: the value, where there is only one. */
export function oneOrAll(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}

/** All items, as a sentence lists them: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly (string | number)[], last: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}
