export type { ModuleDefinition, ModuleInput, ModuleName } from './definition';
export { type HclBlock, hclFile, hclText, hclValue } from './hcl';
export { MODULES } from './modules';
export { publishTrees, repositoryName } from './publish';
export { MODULES_VERSION } from './version';
export { writeModules } from './write';
