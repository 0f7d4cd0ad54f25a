export { type AdoptedRouter, adopt } from './adopted';
export { movableFindings } from './blocks';
export { type AdoptFinding, adoptDiagnostics, refused } from './findings';
export { findRouter } from './found';
export { type AdoptFile, moduleFiles } from './module-files';
export { inventoryFindings, inventoryText, lockEntry, stackFiles } from './stack-files';
export { readState } from './state';
