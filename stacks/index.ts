export type { TerraformJson } from './elements-json';
export { RouterStack } from './router-stack';
export { type SynthesizeOptions, synthesize } from './synthesize';
export { type Mark, readMark } from './terraform-json';
