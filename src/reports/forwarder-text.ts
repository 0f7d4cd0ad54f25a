import { CAPABILITIES, type Capability, ENGINES } from '../forwarder';
import type { AzurePlace, PlannedAzureRouter } from '../model';
import type { Style } from './style';
import { count, printable } from './words';

const NAMES = Object.keys(CAPABILITIES) as readonly Capability[];

function machines({ forwarder }: AzurePlace, pools: number): string {
  const { engine, instances, size, zones, egress } = forwarder;
  const where = zones.length === 0 ? 'no zones' : `${zones.length === 1 ? 'zone' : 'zones'} ${zones.join(', ')}`;
  const each = pools > 1 ? `${count(pools, 'pool')}, each with ` : '';
  return `${each}${engine} on ${instances} × ${size}, ${where}, egress: ${egress.kind}`;
}

/** What forwards for a router of Azure, and what its engine cannot do; no line begins with a space. */
export function forwarderLines({ azure, pools }: PlannedAzureRouter, style: Style): readonly string[] {
  const { engine } = azure.forwarder;
  const { capabilities } = ENGINES[engine];
  const lacks = NAMES.filter((name) => !capabilities[name]);
  const rules = azure.loadBalancing === 'ha-ports' ? 'one rule for all ports' : 'a rule for each target';
  return [
    printable(`forwarder: ${machines(azure, pools.length)}; ${rules}`),
    ...lacks.map((name) =>
      style.colors.dim(`${engine} lacks ${CAPABILITIES[name].what}: ${CAPABILITIES[name].without}`),
    ),
  ];
}
