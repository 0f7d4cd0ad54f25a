import { nameAndPath, type PlannedBackend, type PlannedRetired } from '../model';

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

/** Characters that take two columns of a terminal: the scripts of East Asia, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Characters that take none: marks on the one before, joiners. */
const NARROW = /^[\p{M}\u200b-\u200f\u2060]$/u;
const ASCII = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes: at least as many as it is drawn with. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const character of text) {
    width += NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
function characters(text: string): readonly string[] {
  return ASCII.test(text) ? text.split('') : Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** As many characters from the start as `width` columns have room for. */
function fitting(all: readonly string[], width: number): readonly string[] {
  let left = width;
  const end = all.findIndex((character) => {
    left -= displayWidth(character);
    return left < 0;
  });
  return end < 0 ? all : all.slice(0, end);
}

/** Cuts the middle out of a text that is wider than `width`, since names differ at their start and ports stand at the end. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) {
    return text;
  }
  const kept = Math.max(width - 1, 2);
  const start = Math.ceil(kept / 2);
  const all = characters(text);
  const tail = fitting([...all].reverse(), kept - start);
  return `${fitting(all, start).join('')}…${[...tail].reverse().join('')}`;
}

/** Words of a text; a command in backticks is one word, so that it can be copied, where it has room in one line. */
function unitsOf(text: string, width: number): readonly string[] {
  const units = text.match(/(?:[^\s`]|`[^`]*`)+|\S+/g) ?? [];
  return units.flatMap((unit) => (displayWidth(unit) <= width ? [unit] : (unit.match(/\S+/g) ?? [])));
}

/** Puts as many units beside each other as a line has room for. */
function filled(units: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const unit of units) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(unit) <= width) {
      lines[lines.length - 1] = `${last} ${unit}`;
    } else {
      lines.push(unit);
    }
  }
  return lines;
}

/** A word in pieces that fit; a character that is wider by itself is one. */
function pieces(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (let left = characters(word); left.length > 0; ) {
    const taken = Math.max(fitting(left, width).length, 1);
    parts.push(left.slice(0, taken).join(''));
    left = left.slice(taken);
  }
  return parts;
}

/**
 * Breaks a text at its spaces into lines of at most `width` columns. A word that is wider stays whole, so that it can be
 * clicked and copied; a text that fits is left as it is.
 */
export function wrapWords(text: string, width: number): readonly string[] {
  return displayWidth(text) <= width ? [text] : filled(unitsOf(text, width), width);
}

/** The same, but that a word wider than `width` is broken where the line ends. */
export function foldText(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) {
    return [text];
  }
  const units = unitsOf(text, width).flatMap((unit) => (displayWidth(unit) <= width ? [unit] : pieces(unit, width)));
  return filled(units, width);
}

/** Where a backend answers, `db1.corp.example:5432`. */
export function reached({ hosts, port }: PlannedBackend): string {
  return hosts.map(({ name, backup }) => `${name}:${port}${backup ? ' (backup)' : ''}`).join(', ');
}

/** What is retired, `10003`, or of a port that targets share a name, `443 api.corp.example.com/orders`. */
export function retiredWords({ listenerPort, ...selector }: PlannedRetired): string {
  const name = nameAndPath(selector);
  return name === '' ? String(listenerPort) : `${listenerPort} ${name}`;
}

/** The names that clients dial, each with the path that leads to the backend. */
export function dialled({ domains, path = '' }: PlannedBackend): string {
  return domains.map((domain) => `${domain}${path}`).join(', ');
}
