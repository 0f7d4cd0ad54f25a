import { mayHoldCredential } from '../../model';
import { type Fault, fault, quote } from '../findings';
import type { Judge } from './forms';

/** What would end the line, move the cursor or turn the direction of writing. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** An address of e-mail that stands by itself, between spaces or in brackets: what is left of a URL has a colon or slash before it. */
const MAIL = /(?<=^|[\s<(,;])[\p{L}\p{N}.+_-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?=$|[\s>),;]|\.$|\.\s)/gu;

/** A text for people about a target: one line of at most `max` characters, without anything that may be a password. */
export function labelForm(max: number): Judge {
  return (text) => credentialFault(text) ?? lineFault(text, max);
}

function credentialFault(text: string): Fault | undefined {
  if (!mayHoldCredential(text.replace(MAIL, 'mail'))) return undefined;
  return fault(
    'PLR1406',
    'The text may hold a password or token; it would stand in plans, comments, outputs and tags for everybody to read.',
    'Remove what looks like one: "=", "@" outside of an e-mail address, a word such as password or token before a colon. Replace a real one where others could read it.',
  );
}

function lineFault(text: string, max: number): Fault | undefined {
  const count = [...text].length;
  if (count > max) {
    return fault('PLR1116', `The text has ${count} characters; at most ${max} are allowed.`, 'Shorten it.');
  }
  return NOT_IN_A_LINE.test(text)
    ? fault(
        'PLR1116',
        `${quote(text)} is not one line of text: it holds line ends or other characters that nobody sees.`,
        'Write it in one line.',
      )
    : undefined;
}
