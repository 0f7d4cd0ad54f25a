/** The codes of planner/. */
export const plannerCodes = {} as const;
