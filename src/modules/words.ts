import type { Vocabulary } from '../constructs';

/** A key of the inventory as a variable of Terraform. */
function variable(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The words of a registry module's variables. */
export const MODULE_WORDS: Vocabulary = {
  key: variable,
  place: '',
  otherRouter: 'another call of this module',
  limit: (key) => `in limits = { ${variable(key)} = … }`,
  withoutAddress:
    'To go on without it: set enabled = false, or give the target addresses; a destroy goes through with -refresh=false.',
};
