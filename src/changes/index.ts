export { HIDDEN } from './candidates';
export { compareDeployments, type Deployment } from './compare';
