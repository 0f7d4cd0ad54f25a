/** The codes of cli/. */
export const cliCodes = {} as const;
