export { RouterStack } from './router-stack';
export { type SynthesizeOptions, synthesize } from './synthesize';
export { type Mark, readMark, type TerraformJson } from './terraform-json';
