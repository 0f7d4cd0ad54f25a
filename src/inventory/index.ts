export { environmentsOf, overlayFile } from './environments';
export { withPlaces } from './findings';
export { inventoryJsonSchema } from './json-schema';
export { type LoadedInventory, loadInventory } from './load';
export { renderPresetsMarkdown } from './presets-page';
export { PRESETS } from './tables/presets';
export { ADDRESS_RANGES } from './values/address';
