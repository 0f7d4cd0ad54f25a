import { CAPABILITIES, type Capability, ENGINES } from '../forwarder';
import { type AzurePlace, count, type Engine, type PlannedAzureRouter, type PlannedPool } from '../model';
import type { Style } from './style';
import { foldText, printable } from './words';

const NAMES = Object.keys(CAPABILITIES) as readonly Capability[];

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

/** What forwards for a router of Azure, and what its engine cannot do; no line begins with a space or is wider than `width`. */
export function forwarderLines({ azure, pools }: PlannedAzureRouter, { colors, width }: Style): readonly string[] {
  const { engine } = azure.forwarder;
  const { capabilities } = ENGINES[engine];
  const lacks = NAMES.filter((name) => !capabilities[name]);
  const rules = azure.loadBalancing === 'ha-ports' ? 'one rule for all ports' : 'a rule for each target';
  return [
    ...foldText(printable(`forwarder: ${machines(azure, pools.length)}; ${rules}; ${accelerated(pools)}`), width),
    ...(lacks.length === 0 ? [] : foldText(lackLine(engine, lacks), width).map(colors.dim)),
  ];
}
