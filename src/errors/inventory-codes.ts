import { azureCodes } from './inventory/azure-codes';
import { fileCodes } from './inventory/file-codes';
import { routerCodes } from './inventory/router-codes';
import { shapeCodes } from './inventory/shape-codes';
import { targetCodes } from './inventory/target-codes';

/** The codes of inventory/, in the order of its page. */
export const inventoryCodes = { ...fileCodes, ...shapeCodes, ...targetCodes, ...routerCodes, ...azureCodes } as const;
