import { type IResolvable, Token } from 'cdktf';
import { expression, listExpression, numberExpression } from './expression';
import { type Json, terraformText, terraformValue } from './terraform-text';

/** A value that Terraform fills in: an input of a module, or a local made of inputs. The text is ours, never a user's. */
export class Reference {
  /** @param terraform the expression without `${}`, `var.vpc_id` */
  public constructor(public readonly terraform: string) {}
}

/** What a construct is given: a value that the planner decided, or a reference to one that only Terraform knows. */
export type ValueOrRef<T> = T | Reference;

/** A text as an argument: the planner's is escaped, so that nothing in it is an expression. */
export function asText(value: ValueOrRef<string>): string {
  return value instanceof Reference ? expression(value.terraform) : terraformText(value);
}

/** A number as an argument. */
export function asNumber(value: ValueOrRef<number>): number {
  return value instanceof Reference ? numberExpression(value.terraform) : value;
}

/** A switch as an argument. */
export function asFlag(value: ValueOrRef<boolean>): boolean | IResolvable {
  return value instanceof Reference ? Token.asAny(expression(value.terraform)) : value;
}

/** A list of texts as an argument. */
export function asTexts(value: ValueOrRef<readonly string[]>): string[] {
  return value instanceof Reference ? listExpression(value.terraform) : value.map(terraformText);
}

/** Any value as a local: a literal, or what the reference comes to. */
export function asLocal(value: ValueOrRef<Json>): unknown {
  return value instanceof Reference ? expression(value.terraform) : terraformValue(value);
}

/** A value inside a longer expression: the reference itself, or the literal, quoted and escaped. */
export function asTerm(value: ValueOrRef<string | number | boolean>): string {
  return value instanceof Reference ? value.terraform : JSON.stringify(terraformValue(value));
}
