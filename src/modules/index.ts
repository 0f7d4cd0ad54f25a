export type {
  ModuleDefinition,
  ModuleInput,
  ModuleName,
  ModuleNote,
  ModuleOutput,
  ModuleValidation,
} from './definition';
export { type HclBlock, hclFile, hclText, hclValue } from './hcl';
