/** What a condition of Azure Pipelines can ask. */
export interface Facts {
  readonly variables: Readonly<Record<string, string>>;
  /** @default true: everything before went well */
  readonly succeeded?: boolean;
  readonly canceled?: boolean;
  /** What became of the stages that are named. @default none is known */
  readonly stages?: Readonly<Record<string, 'Succeeded' | 'Failed' | 'Skipped'>>;
}

/** Texts are compared without regard to letter case, as Azure does; a variable that is not set is an empty text. */
const same = (a: unknown, b: unknown): boolean => String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase();

const FUNCTIONS = {
  and: (...all: unknown[]) => all.every(Boolean),
  or: (...all: unknown[]) => all.some(Boolean),
  not: (one: unknown) => !one,
  eq: same,
  ne: (a: unknown, b: unknown) => !same(a, b),
  isIn: (one: unknown, ...all: unknown[]) => all.some((other) => same(one, other)),
} as const;

/** The value of a condition. A step without one runs where everything before it went well. @throws where it is malformed */
export function conditionMet(condition: string | undefined, facts: Facts): boolean {
  const { variables, succeeded = true, canceled = false, stages = {} } = facts;
  const scope = {
    ...FUNCTIONS,
    variables,
    dependencies: Object.fromEntries(Object.entries(stages).map(([name, result]) => [name, { result }])),
    succeeded: (stage?: string) => (stage === undefined ? succeeded : stages[stage] === 'Succeeded') && !canceled,
    canceled: () => canceled,
    always: () => true,
  };
  // `in` is a word of the language that reads it here.
  const code = (condition ?? 'succeeded()').replace(/\bin\(/g, 'isIn(');
  return Boolean(new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope)));
}
