import * as z from 'zod/mini';
import { type Fault, fault } from '../findings';
import type { Judge } from '../values/forms';
import { withOddCharacters } from '../values/odd-characters';

/** What an editor shows of a key, beside what the schema itself says. */
export interface FieldDoc {
  readonly description: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly type?: string | readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly oneOf?: readonly unknown[];
  readonly propertyNames?: { readonly pattern: string };
  /** Another form that the loader turns into this one before the schema sees it. */
  readonly shortForm?: { readonly type: 'string'; readonly pattern: string; readonly description: string };
}

/** What editors show of each part of the schema. */
export const DOCS = z.registry<FieldDoc>();

/** The fault that a judge found, as it travels through zod. */
export function faultOf(issue: { readonly code: string; readonly params?: unknown }): Fault | undefined {
  return issue.code === 'custom' && issue.params !== undefined ? (issue.params as Fault) : undefined;
}

function judged<T>(judge: (value: T) => Fault | undefined): z.core.$ZodCheck<T> {
  return z.check<T>((context) => {
    const reason = judge(context.value);
    if (reason !== undefined) context.issues.push({ code: 'custom', input: context.value, params: { ...reason } });
  });
}

const notEmpty: Judge = (value) =>
  value.trim() === '' ? fault('PLR1107', 'The text is empty.', 'Write a value, or remove the key.') : undefined;

/** A fault of a text names the characters that only look right. */
function named(reason: Fault | undefined, value: string): Fault | undefined {
  return reason && withOddCharacters(reason, value);
}

/** A text, judged as a whole. An empty one is told as such before anything else. */
export function text(doc: FieldDoc, judge: Judge = () => undefined) {
  return z
    .string()
    .check(judged<string>((value) => notEmpty(value) ?? named(judge(value), value)))
    .register(DOCS, doc);
}

/** A text that may be empty. */
export function anyText(doc: FieldDoc) {
  return z.string().register(DOCS, doc);
}

/** A whole number from `min` to `max`. */
export function whole(doc: FieldDoc, min: number, max: number) {
  return z.number().check(z.int(), z.gte(min), z.lte(max)).register(DOCS, doc);
}

/** One of a few words. */
export function word<const T extends readonly [string, ...string[]]>(doc: FieldDoc, values: T) {
  return z.enum(values).register(DOCS, doc);
}

/** True or false. */
export function flag(doc: FieldDoc) {
  return z.boolean().register(DOCS, doc);
}

/** A digit string or a number; the loader hands over its exact text. */
export function digits(doc: FieldDoc, judge: Judge) {
  return z
    .string()
    .check(judged(judge))
    .register(DOCS, { ...doc, type: ['integer', 'string'] });
}

/** A list of what `item` describes. */
export function list<T extends z.core.SomeType>(doc: FieldDoc, item: T) {
  return z.array(item).register(DOCS, doc);
}

/** A value that only Terraform understands. */
export function anything(doc: FieldDoc) {
  return z.unknown().register(DOCS, doc);
}
