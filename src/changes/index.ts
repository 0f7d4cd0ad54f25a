export { compareDeployments, type Deployment } from './compare';
