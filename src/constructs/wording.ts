/** In whose words a message names what the user wrote: `subnetIds` of the inventory, or `subnet_ids` of a module. */
export type Wording = 'inventory' | 'module';

/** A key as the user knows it. @param key as the inventory has it */
export function wordOf(wording: Wording, key: string): string {
  return wording === 'inventory' ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
