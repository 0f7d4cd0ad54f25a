import { listed } from '../model';
import { firstProblem, matches, type Rule, shown } from './problems';

/** A whole number within bounds, where there is one. @param where a template that says where it stands */
export function wholeRules(value: string, where: string, min: number, max: number): readonly Rule[] {
  return [
    {
      when: unlessNull(value, `floor(${value}) != ${value} || ${value} < ${min} || ${value} > ${max}`),
      say: `${where} is \${${value}}; a whole number from ${min} to ${max} is expected.`,
    },
  ];
}

/** One of a few words, where there is one. */
export function wordRules(value: string, where: string, words: readonly string[]): readonly Rule[] {
  return [
    {
      when: unlessNull(value, `!contains(${hclWords(words)}, ${value})`),
      say: `${where} is \${${shown(value)}}; ${listed(words, 'or')} is expected.`,
    },
  ];
}

/** A text of one form, where there is one. @param expected what is allowed and what to do, whole sentences */
export function formRules(value: string, where: string, form: RegExp, expected: string): readonly Rule[] {
  return [{ when: unlessNull(value, `!${matches(form, value)}`), say: `${where}, \${${shown(value)}}, ${expected}` }];
}

/** False for null, which is never at fault here. */
export function unlessNull(value: string, problem: string): string {
  return `(${value} == null ? false : (${problem}))`;
}

/** The first problem of each of some values, as an expression of a list of texts. */
export function problemList(values: readonly (readonly Rule[])[]): string {
  return `[${values.map(firstProblem).join(', ')}]`;
}

/** Problems of each item of a list, as an expression of a list of texts. A null item is told, and not looked into. */
export function itemProblems(list: string, name: string, item: string, values: readonly (readonly Rule[])[]): string {
  const empty = `tolist(["${name}[\${i}] is null; remove it."])`;
  return `flatten([for i, ${item} in ${list} : ${item} == null ? ${empty} : tolist(${problemList(values)})])`;
}

/** Words as an expression of a list, laid out as `terraform fmt` does it. */
export function hclWords(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** A small map as an expression on one line. */
export function hclMap(entries: Iterable<readonly [key: string | number, value: string | number]>): string {
  return `{ ${[...entries].map(([key, value]) => `"${key}" = ${JSON.stringify(value)}`).join(', ')} }`;
}
