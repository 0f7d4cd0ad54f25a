/** The codes of resolver/. */
export const resolverCodes = {} as const;
