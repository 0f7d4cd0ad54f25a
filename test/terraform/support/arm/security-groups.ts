import { text, texts } from './json';
import { kind, type Resource } from './kind';
import { isAddressWord } from './networks';
import { demand } from './refusal';
import { settleChildren } from './store';
import { linkedSubnets, scaleSetsWith } from './users';

/** A port, a range of ports from low to high, or all. */
function isPortRange(value: string): boolean {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(value) ?? [];
  return value === '*' || (from !== undefined && Number(from) <= Number(to ?? from) && Number(to ?? from) <= 65535);
}

const FIELDS = [
  ['sourceAddressPrefix', 'sourceAddressPrefixes', isAddressWord, 'SecurityRuleInvalidAddressPrefix'],
  ['destinationAddressPrefix', 'destinationAddressPrefixes', isAddressWord, 'SecurityRuleInvalidAddressPrefix'],
  ['sourcePortRange', 'sourcePortRanges', isPortRange, 'SecurityRuleInvalidPortRange'],
  ['destinationPortRange', 'destinationPortRanges', isPortRange, 'SecurityRuleInvalidPortRange'],
] as const;

function settleRule(rule: Resource): void {
  const { properties } = rule;
  for (const [one, many, isGood, code] of FIELDS) {
    const single = text(properties[one]);
    const list = texts(properties[many]);
    const values = single === '' ? list : [single, ...list];
    demand(values.length > 0, 'SecurityRuleParameterMissing', `Security rule ${rule.name} lacks ${one}.`);
    demand(
      single === '' || list.length === 0,
      'SecurityRuleInvalidParameter',
      `Security rule ${rule.name} has both ${one} and ${many}.`,
    );
    demand(
      !list.includes('*'),
      'SecurityRuleParameterContainsUnsupportedValue',
      `Security rule ${rule.name} has '*' in ${many}: it stands alone or not at all.`,
    );
    for (const value of values) {
      demand(isGood(value), code, `Security rule ${rule.name} has an invalid ${one}. Value provided: ${value}.`);
    }
    properties[many] = [...list];
  }
}

export const securityGroups = kind('Microsoft.Network/networkSecurityGroups', {
  embedded: ['securityRules'],
  settle(_store, wanted) {
    wanted.properties.defaultSecurityRules ??= [];
    const rules = settleChildren(wanted, 'securityRules');
    const taken = new Map<string, string>();
    for (const rule of rules) {
      settleRule(rule);
      const { priority, direction } = rule.properties;
      demand(
        typeof priority === 'number' && priority >= 100 && priority <= 4096,
        'SecurityRuleInvalidPriority',
        `Security rule ${rule.name} has invalid priority ${priority}: 100 to 4096.`,
      );
      const slot = `${direction}/${priority}`;
      demand(
        !taken.has(slot),
        'SecurityRuleConflict',
        `Security rule ${rule.name} conflicts with rule ${taken.get(slot)}. Rules cannot have the same Priority and Direction.`,
      );
      taken.set(slot, rule.name);
    }
    demand(rules.length <= 1000, 'NetworkSecurityGroupLimit', `${rules.length} security rules; a group takes 1000.`);
  },
  release(store, group) {
    const users = [...linkedSubnets(store, 'networkSecurityGroup', group.id), ...scaleSetsWith(store, group.id)];
    demand(
      users.length === 0,
      'InUseNetworkSecurityGroupCannotBeDeleted',
      `Network security group ${group.name} cannot be deleted because it is in use by ${users.map(({ id }) => id)}.`,
    );
  },
});
