import { listed, mayHoldPair, NOT_SHOWN } from '../../model';
import { type Fault, fault, quote } from '../findings';

/** A character that looks like one of a name and is none. */
interface Lookalike {
  readonly characters: RegExp;
  /** What it is, as a message says it. */
  readonly what: string;
  /** What to do. */
  readonly fix: string;
}

const HYPHEN = 'Write the hyphen of the keyboard, "-".';
const REMOVE = 'Remove it.';

/** In the order in which they are looked for. */
const LOOKALIKES: readonly Lookalike[] = [
  {
    characters: /[\u2018\u2019\u201b\u201c\u201d\u201f]/,
    what: 'a curly quote',
    fix: 'Remove it; YAML knows " and \' only.',
  },
  { characters: /[\u201a\u201e\u2e42]/, what: 'a low quote', fix: 'Remove it; YAML knows " and \' only.' },
  { characters: /[\u2032-\u2037\u2057]/, what: 'a prime', fix: REMOVE },
  { characters: /\u00b4/, what: 'an accent', fix: REMOVE },
  {
    characters: /[\u00ab\u00bb\u2039\u203a\u300a-\u300f\u301d-\u301f]/,
    what: 'a quotation mark',
    fix: 'Remove it; YAML knows " and \' only.',
  },
  { characters: /\u2013/, what: 'an en dash', fix: HYPHEN },
  { characters: /\u2014/, what: 'an em dash', fix: HYPHEN },
  { characters: /\u2011/, what: 'a non-breaking hyphen', fix: HYPHEN },
  { characters: /\u00ad/, what: 'a soft hyphen', fix: REMOVE },
  { characters: /\u2212/, what: 'a minus sign', fix: HYPHEN },
  { characters: /(?!-)\p{Pd}|[\u2043\u02d7\u2796\u23af\u2500\u2501]/u, what: 'a dash', fix: HYPHEN },
  {
    characters: /[\u3002\uff0e\uff61\u2024]/,
    what: 'a dot of another script',
    fix: 'Write the dot of the keyboard, ".".',
  },
  { characters: /\u2026/, what: 'an ellipsis', fix: 'Write dots, or the whole name.' },
  {
    characters: /[\uff1a\ufe55\ua789]/,
    what: 'a colon of another script',
    fix: 'Write the colon of the keyboard, ":".',
  },
  { characters: /\u00a0|\u202f|\u2007/, what: 'a no-break space', fix: REMOVE },
  { characters: /\s|\p{Z}/u, what: 'a space', fix: REMOVE },
  { characters: /\p{Cc}/u, what: 'a control character', fix: REMOVE },
  { characters: /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u, what: 'an invisible character', fix: REMOVE },
  {
    characters: /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u,
    what: 'an emoji or arrow',
    fix: REMOVE,
  },
  {
    characters: /[\u2190-\u21ff\u2794\u2798-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff]/,
    what: 'an arrow',
    fix: REMOVE,
  },
  { characters: /\p{S}/u, what: 'a symbol', fix: REMOVE },
  { characters: /\p{P}/u, what: 'a punctuation mark', fix: REMOVE },
  { characters: /[\p{Co}\p{Cn}\p{Cs}]/u, what: 'a character without a meaning', fix: REMOVE },
];

/** Punctuation that international names may hold between letters of its script (RFC 5892, appendix A). */
const ALLOWED =
  /(?<=[lL])\u00b7(?=[lL])|\u0375(?=\p{Script=Greek})|(?<=\p{Script=Hebrew})[\u05f3\u05f4]|\u30fb(?=.*[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])/gu;

/** Letters and digits of any script, and the marks that belong to them. */
const LETTER = /[\p{L}\p{M}\p{Nd}\p{Nl}]/u;

/** One character that no name holds. */
interface OddCharacter {
  /** `“ (U+201C, a curly quote)`; what nobody would see is named by its code point alone. */
  readonly shown: string;
  readonly fix: string;
}

/**
 * The characters outside ASCII, and the spaces, that stand in no name whatever its script: typographic ones, symbols,
 * invisible ones, and wide or ornate forms of ASCII. Each once.
 */
function oddCharacters(text: string): readonly OddCharacter[] {
  const characters = new Set(text.normalize('NFC').replace(ALLOWED, ''));
  return [...characters].flatMap((char) => odd(char) ?? []);
}

function odd(char: string): OddCharacter | undefined {
  if (/^[!-~]$/.test(char)) return undefined;
  const plain = char.normalize('NFKC');
  const ornate = /^[!-~]+$/.test(plain) && /[\p{L}\p{N}]/u.test(char);
  if (ornate) return { shown: described(char, `another form of "${plain}"`), fix: `Write "${plain}".` };
  if (LETTER.test(char) && !/\p{Default_Ignorable_Code_Point}/u.test(char)) return undefined;
  const row = LOOKALIKES.find(({ characters }) => characters.test(char));
  return { shown: described(char, row?.what ?? 'no letter'), fix: row?.fix ?? REMOVE };
}

function described(char: string, what: string): string {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]$/u.test(char)
    ? `${code}, ${what}`
    : `${char} (${code}, ${what})`;
}

/** More characters than this are not named one by one. */
const NAMED = 5;

function named(odd: readonly OddCharacter[]): string {
  const shown = odd.slice(0, NAMED).map((one) => one.shown);
  if (odd.length > NAMED) return `${shown.join(', ')} and others`;
  return listed(shown);
}

/** Why a text is no name: characters that only look as if they belonged there. Undefined where there are none. */
export function oddCharacterFault(text: string): Fault | undefined {
  const odd = oddCharacters(text);
  if (odd.length === 0) return undefined;
  const fixes = new Set(odd.map(({ fix }) => fix));
  const shown = mayHoldPair(text) ? NOT_SHOWN : quote(text);
  return fault('PLR1204', `${shown} holds ${named(odd)}; no name of a host has that.`, [...fixes].join(' '));
}

/** The same fault, with the characters outside ASCII named that only look right, unless it names them already. */
export function withOddCharacters(reason: Fault, text: string): Fault {
  const odd = /[^\0-~]/.test(text) && !reason.message.includes('U+') ? oddCharacters(text.replace(/[\0-~]/g, '')) : [];
  return odd.length === 0 ? reason : { ...reason, message: `${reason.message} It holds ${named(odd)}.` };
}
