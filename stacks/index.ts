export { RouterStack } from './router-stack';
export { synthesize } from './synthesize';
