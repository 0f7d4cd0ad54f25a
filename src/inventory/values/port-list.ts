import { type Fault, fault, quote } from '../findings';

/** `80,443`, `80/443`, `80 443`: what people write between two ports or more. */
const LIST = /^\[?\s*[1-9]\d{0,4}(?:(?:\s*(?:[,;/+&]|and)\s*|\s+)[1-9]\d{0,4})+\s*\]?$/i;

/** `5432-5440`, `5432..5440`, `5432 to 5440`. */
const RANGE = /^\[?\s*([1-9]\d{0,4})\s*(?:[-\u2010-\u2015]|\.\.+|to)\s*([1-9]\d{0,4})\s*\]?$/i;

/** What to say of a text that names several ports where one is expected; undefined where it does not. */
export function portListFault(text: string): Fault | undefined {
  const [, first, last] = RANGE.exec(text) ?? [];
  if (text.length > 200 || (first === undefined && !LIST.test(text))) return undefined;
  const numbers = text.match(/\d+/g) ?? [];
  const each = first === undefined ? numbers.slice(0, 20).join(', ') : `from ${first} to ${last}`;
  return several(quote(text), `Write a target for each port ${each}.`);
}

/** The same for a list, and for a port that a comma in braces cut off. */
export function severalPorts(): Fault {
  return several('The value', 'Write a target for each port.');
}

function several(what: string, fix: string): Fault {
  return fault('PLR1237', `${what} names several ports; each port is a target of its own.`, fix);
}
