/** The codes of lock/. */
export const lockCodes = {} as const;
