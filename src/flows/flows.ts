import { byCloud, type CloudTable, type PlannedRouter } from '../model';
import { awsFlows } from './aws/flows';
import { azureFlows } from './azure/flows';
import type { Flow } from './hop';

const FLOWS: CloudTable<PlannedRouter, [], readonly Flow[]> = { aws: awsFlows, azure: azureFlows };

/**
 * Every flow of a router: who dials whom, on which port, admitted by what. The flows of its targets come first, in the plan's
 * order; the same plan gives the same value.
 */
export function flowsOf(router: PlannedRouter): readonly Flow[] {
  return byCloud(FLOWS, router);
}
