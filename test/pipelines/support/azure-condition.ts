/** What a condition of Azure Pipelines can ask. */
export interface Facts {
  readonly variables: Readonly<Record<string, string>>;
  /** @default true: everything before went well */
  readonly succeeded?: boolean;
  readonly canceled?: boolean;
}

/** Texts are compared without regard to letter case, as Azure does; a variable that is not set is an empty text. */
const same = (a: unknown, b: unknown): boolean => String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase();

const FUNCTIONS = {
  and: (...all: unknown[]) => all.every(Boolean),
  or: (...all: unknown[]) => all.some(Boolean),
  not: (one: unknown) => !one,
  eq: same,
  ne: (a: unknown, b: unknown) => !same(a, b),
} as const;

/** The value of a condition. A step without one runs where everything before it went well. @throws where it is malformed */
export function conditionMet(condition: string | undefined, facts: Facts): boolean {
  const { variables, succeeded = true, canceled = false } = facts;
  const scope = {
    ...FUNCTIONS,
    variables,
    succeeded: () => succeeded && !canceled,
    canceled: () => canceled,
    always: () => true,
  };
  const code = condition ?? 'succeeded()';
  return Boolean(new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope)));
}
