export { acrossEnvironments } from './across-environments';
export { AgainstError, type Base, baseAgainst, lockAgainst } from './against';
export { type Choices, choicesFromEnvironment, DEFAULT_FILE, frozenByDefault } from './choices';
export { fileError } from './diagnostics';
export { examineEverywhere } from './every-environment';
export {
  type Examination,
  examine,
  type Preparation,
  type PrepareOptions,
  preparePlan,
} from './prepare';
export type { OnProgress, SeenHost } from './resolve';
