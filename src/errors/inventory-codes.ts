/** The codes of inventory/. */
export const inventoryCodes = {} as const;
