import type { ModuleValidation } from '../definition';
import { firstProblem, noProblems, type Rule } from '../problems';

/** A validation of one value. */
export function one(...rules: readonly Rule[]): ModuleValidation {
  return noProblems(`[${firstProblem(rules)}]`);
}
