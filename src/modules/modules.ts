import type { Cloud } from '../model';
import { awsModule } from './aws';
import { azureModule } from './azure';
import { databricksModule } from './databricks';
import type { ModuleDefinition } from './definition';

/** The module that makes a router, by its cloud. */
const ROUTERS: Readonly<Record<Cloud, ModuleDefinition>> = { aws: awsModule, azure: azureModule };

/** The registry modules that there are. */
export const MODULES: readonly ModuleDefinition[] = [...Object.values(ROUTERS), databricksModule];
