import { awsModule } from './aws';
import { azureModule } from './azure';
import { databricksModule } from './databricks';
import type { ModuleDefinition } from './definition';

/** The registry modules that there are. */
export const MODULES: readonly ModuleDefinition[] = [awsModule, azureModule, databricksModule];
