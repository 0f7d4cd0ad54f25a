export { databricksModule } from './definition';
