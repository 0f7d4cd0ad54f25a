import { Token } from 'cdktf';

/** A value of JSON, as an inventory can hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Runs of `$` and `%` before a brace: there a template begins, or (doubled) the escape of one. */
const TEMPLATE_START = /[$%]+(?=\{)/g;

/** What cdktf takes for one of its tokens inside a string: `${TfToken[…]}`, `#{TfToken[…]}`, `&{TfToken[…]}`. */
const TOKEN_START = /\{TfToken\[/g;

/** What cdktf reads as a number inside a string, to see whether it is one of its encoded tokens. */
const NUMBER = /[-|\d.+]+e[-|\d.eE+]+/g;

/**
 * User text as a Terraform template that evaluates to that very text: nothing in it is an expression, a directive or a
 * token of cdktf. Every string of an inventory that ends up in an argument goes through here. (Terraform itself
 * normalises text to Unicode NFC.)
 *
 * A run of more than one `$` or `%` before a brace is written as a literal, because doubling it would be read as an
 * escape followed by a brace.
 */
export function terraformText(text: string): string {
  return text
    .replace(TEMPLATE_START, (run) => (run.length === 1 ? run + run : `\${"${run}"}`))
    .replace(TOKEN_START, '{TfToken${"["}')
    .replace(NUMBER, (number) => (isNumberToken(number) ? number.replace('e', '${"e"}') : number));
}

/** As `terraformText`, for every string and every key of a value. */
export function terraformValue<T extends Json>(value: T): T;
export function terraformValue(value: Json): Json {
  if (typeof value === 'string') return terraformText(value);
  if (Array.isArray(value)) return value.map((item: Json) => terraformValue(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [terraformKey(key), terraformValue(item)]));
}

/** A key of that name is swallowed by every plain assignment on the way to the file, so it is spelt as a template. */
function terraformKey(key: string): string {
  return key === '__proto__' ? '${"_"}_proto__' : terraformText(key);
}

function isNumberToken(text: string): boolean {
  return Token.isUnresolved(Number.parseFloat(text));
}
