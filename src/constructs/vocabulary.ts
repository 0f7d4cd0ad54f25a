/** In whose words a message names what the user wrote: `subnetIds` of the inventory, or `subnet_ids` of a module. */
export type Vocabulary = 'inventory' | 'module';

/** A key as the user knows it. @param key as the inventory has it */
export function wordOf(vocabulary: Vocabulary, key: string): string {
  return vocabulary === 'inventory' ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
