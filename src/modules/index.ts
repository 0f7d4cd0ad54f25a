export type {
  ModuleDefinition,
  ModuleInput,
  ModuleName,
  ModuleNote,
  ModuleOutput,
  ModuleValidation,
} from './definition';
