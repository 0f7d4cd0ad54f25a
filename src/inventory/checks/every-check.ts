import { CLOUDS, type Cloud } from '../../model';
import type { InventoryFinding } from '../findings';
import { checkAccounts } from './accounts';
import { checkAcross } from './across';
import { checkAws } from './aws';
import { checkAzure } from './azure';
import { checkBackend } from './backend';
import { checkClouds } from './clouds';
import type { Check, CheckContext } from './context';
import { checkForwarder } from './forwarder';
import { checkLabels } from './labels';
import { checkNames } from './names';
import { checkNatGateways } from './nat-gateways';
import { checkStatedRegions } from './regions';
import { checkRouters } from './routers';
import { checkRoutes } from './routes';
import { checkSecurityGroups } from './security-groups';
import { checkSharedNccs } from './shared-nccs';
import { checkSharedPorts } from './shared-ports';
import { checkTags } from './tags';
import { checkTargetPairs } from './target-pairs';
import { checkTargets } from './targets';

const CHECKS: readonly Check[] = [
  checkNames,
  checkTags,
  checkBackend,
  checkStatedRegions,
  checkClouds,
  checkAccounts,
  checkRouters,
  checkTargets,
  checkTargetPairs,
  checkRoutes,
  checkSharedPorts,
  checkAcross,
  checkSharedNccs,
];

/** Checks that look at the routers of one cloud alone. */
const CLOUD_CHECKS: Readonly<Record<Cloud, readonly Check[]>> = {
  aws: [checkAws, checkSecurityGroups, checkLabels],
  azure: [checkAzure, checkForwarder, checkNatGateways],
};

/** Everything that the checks of meaning find. */
export function* everyCheck(context: CheckContext): Iterable<InventoryFinding> {
  for (const check of CHECKS) yield* check(context);
  for (const cloud of CLOUDS) {
    const own = { ...context, routers: context.routers.filter((router) => router.cloud === cloud) };
    for (const check of CLOUD_CHECKS[cloud]) yield* check(own);
  }
}
