export { azureModule } from './definition';
