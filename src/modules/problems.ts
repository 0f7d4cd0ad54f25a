import type { ModuleValidation } from './definition';
import { hclTemplate } from './hcl';

/** What can be wrong with one value. */
export interface Rule {
  /** A Terraform expression; true: this is wrong. It must not fail where the rules before it do not hold. */
  readonly when: string;
  /** A Terraform template: what we got, what is allowed, what to do. */
  readonly say: string;
}

/** Longest part of a value that a message repeats. */
const SHOWN = 80;

/** A text as a message shows it: quoted, cut, and with nothing in it that a terminal obeys. An expression. */
export function shown(text: string): string {
  return `jsonencode(substr(${text}, 0, ${SHOWN}))`;
}

/** What the first rule that holds says, or the empty text; an expression. Later rules are not looked at then. */
export function firstProblem(rules: readonly Rule[]): string {
  return `(${rules.map(({ when, say }) => `${when} ? ${hclTemplate(say)} : `).join('')}"")`;
}

/**
 * One validation that tells every problem at once, each on a line of its own.
 *
 * @param problems an expression of a list of texts, the empty ones being none
 */
export function noProblems(problems: string): ModuleValidation {
  return { condition: `length(compact(${problems})) == 0`, message: `\${join("\\n", compact(${problems}))}` };
}

/** A regular expression of Go's kind as a quoted text of HCL. */
export function pattern(regex: RegExp): string {
  return JSON.stringify(regex.source.replaceAll('\\/', '/').replaceAll('\\d', '[0-9]'));
}

/** True where a text matches; false where it does not, or is null. An expression. */
export function matches(regex: RegExp, text: string): string {
  return `can(regex(${pattern(regex)}, ${text}))`;
}

/**
 * Problems of a list in which a value stands twice, an expression of a list of texts.
 *
 * @param list an expression of a list of texts without null
 * @param name what messages call the list, `domain_names`
 */
export function repeated(list: string, name: string): string {
  const say = `${name}[\${i}] is ${name}[\${index(${list}, item)}] again, \${${shown('item')}}; remove one of the two.`;
  return `[for i, item in ${list} : index(${list}, item) < i ? "${say}" : ""]`;
}
