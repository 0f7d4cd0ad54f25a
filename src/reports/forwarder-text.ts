import { CAPABILITIES, type Capability, lackedBy } from '../forwarder';
import {
  type AzurePlace,
  byCloud,
  type CloudTable,
  count,
  type Engine,
  type PlannedAzureRouter,
  type PlannedPool,
  type PlannedRouter,
} from '../model';
import type { Style } from './style';
import { foldText, printable } from './words';

function machines({ forwarder }: AzurePlace, pools: number): string {
  const { engine, instances, size, zones, egress, imageUpgrades } = forwarder;
  const where = zones.length === 0 ? 'no zones' : `${zones.length === 1 ? 'zone' : 'zones'} ${zones.join(', ')}`;
  const each = pools > 1 ? `${count(pools, 'pool')}, each with ` : '';
  return `${each}${engine} on ${instances} × ${size}, ${where}, egress: ${egress.kind}${imageUpgrades === true ? ', image upgrades by Azure' : ''}`;
}

/** One line: docs/engines.md says what each lack means. */
function lackLine(engine: Engine, lacks: readonly Capability[]): string {
  return `${engine} lacks ${lacks.map((name) => CAPABILITIES[name].short).join(', ')} (docs/engines.md)`;
}

function accelerated(pools: readonly PlannedPool[]): string {
  const keys = pools.filter(({ acceleratedNetworking }) => acceleratedNetworking).map(({ key }) => key);
  if (keys.length === 0 || keys.length === pools.length) {
    return `accelerated networking ${keys.length === 0 ? 'off' : 'on'}`;
  }
  return `accelerated networking on in ${keys.join(', ')} alone`;
}

/** What forwards for a router, and what its engine cannot do; no line begins with a space or is wider than `width`. */
export function forwarderLines(router: PlannedRouter, style: Style): readonly string[] {
  return byCloud(LINES, router, style);
}

/** Nothing of ours stands behind a load balancer of AWS. */
const LINES: CloudTable<PlannedRouter, [Style], readonly string[]> = { aws: () => [], azure: azureLines };

function azureLines({ azure, pools, shards }: PlannedAzureRouter, { colors, width }: Style): readonly string[] {
  if (shards.length === 0) return [];
  const { engine } = azure.forwarder;
  const lacks = lackedBy(engine);
  const rules = azure.loadBalancing === 'ha-ports' ? 'one rule for all ports' : 'a rule for each target';
  return [
    ...foldText(printable(`forwarder: ${machines(azure, pools.length)}; ${rules}; ${accelerated(pools)}`), width),
    ...(lacks.length === 0 ? [] : foldText(lackLine(engine, lacks), width).map(colors.dim)),
  ];
}
