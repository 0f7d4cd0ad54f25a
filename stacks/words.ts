import type { Vocabulary } from '../src/constructs';

/** The words of the inventory. */
export const INVENTORY_WORDS: Vocabulary = {
  key: (key) => key,
  place: ' in the inventory',
  otherRouter: 'another router',
  limit: (key) => `under limits: ${key}`,
  withoutAddress:
    'To go on without it: set enabled: false, or dns: synth to take the addresses from the lock; a destroy goes through with -refresh=false.',
};
