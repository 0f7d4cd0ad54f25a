import type { PlannedAzureRouter } from '../../../src/model';
import { at, terraformOf } from '../../constructs/support/synthesized';
import { evaluate } from './terraform';

/** A rule as Terraform hands it to the provider. */
export interface SecurityRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly access: 'Allow' | 'Deny';
  readonly protocol: string;
  readonly priority: number;
  readonly destination_address_prefix: string;
  readonly destination_address_prefixes: readonly string[];
  readonly destination_port_range: string;
  readonly destination_port_ranges: readonly string[];
}

/** The rules of routers as Terraform works them out, all in one run. */
export function rulesOf(
  routers: readonly PlannedAzureRouter[],
  nameServers: readonly string[] = [],
): readonly (readonly SecurityRule[])[] {
  const locals: Record<string, unknown> = { nat_subnet_cidrs: ['10.60.2.0/27'], network_name_servers: nameServers };
  const output: Record<string, unknown> = {};
  routers.forEach((router, i) => {
    const tree = terraformOf(router);
    const own = Object.entries(at(tree, 'locals')).filter(
      ([name]) => name === 'forwarder' || /^p1_(targets|security_rules|(named_|literal_)?port(s|_range.*))$/.test(name),
    );
    const rules = at<string>(tree, 'resource', 'azurerm_network_security_group', 'p1', 'security_rule');
    // Each router's locals under names of their own, so that one run of terraform does for all.
    const apart = (text: string): string =>
      text.replaceAll('p1_', `x${i}_`).replaceAll('local.forwarder', `local.x${i}_forwarder`);
    const moved = own.map(([name, value]) => [name === 'forwarder' ? `p1_${name}` : name, value]);
    Object.assign(locals, JSON.parse(apart(JSON.stringify(Object.fromEntries(moved)))));
    output[`x${i}`] = { value: apart(rules) };
  });
  const got = evaluate({ locals, output });
  return routers.map((_, i) => got[`x${i}`] as SecurityRule[]);
}
