/**
 * Text that a person or a file gave, made safe to print: control characters and those that turn the direction of
 * writing come out as `\u001b`, so that no name can move the cursor, colour the screen or start a line of its own.
 */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `1 listener`, `2 listeners`: a number with its word. @param plural default: the word with an `s` */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number} ${number === 1 ? word : plural}`;
}

/** The first entries of a list in one line, and how many more there are. */
export function shortList(entries: readonly string[], most: number): string {
  const shown = entries.slice(0, most).join(', ');
  return entries.length > most ? `${shown} and ${entries.length - most} more` : shown;
}

/** Cuts the middle out of a text that is longer than `width`, since names differ at their start and ports stand at the end. */
export function cutMiddle(text: string, width: number): string {
  if (text.length <= width) {
    return text;
  }
  const kept = Math.max(width - 1, 2);
  const start = Math.ceil(kept / 2);
  return `${text.slice(0, start)}…${text.slice(text.length - (kept - start))}`;
}
