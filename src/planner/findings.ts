import type { plannerCodes } from '../errors/planner-codes';
import type { Finding, Severity, ValuePath } from '../model';

export { count, shortList } from '../model';

/** A code of this room. */
export type PlannerCode = keyof typeof plannerCodes;

function finding(severity: Severity, code: PlannerCode, path: ValuePath, message: string, fix: string): Finding {
  return { code, severity, message, path, fix };
}

/** A finding that stops the run. */
export function error(code: PlannerCode, path: ValuePath, message: string, fix: string): Finding {
  return finding('error', code, path, message, fix);
}

/** A finding that is printed while the run goes on. */
export function warning(code: PlannerCode, path: ValuePath, message: string, fix: string): Finding {
  return finding('warning', code, path, message, fix);
}

/** The place of a router in the inventory. */
export function routerPath(router: string, ...rest: readonly (string | number)[]): ValuePath {
  return ['routers', router, ...rest];
}

/** The place of a target in the inventory. */
export function targetPath(router: string, target: string, ...rest: readonly (string | number)[]): ValuePath {
  return ['routers', router, 'targets', target, ...rest];
}
