import { beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, object, objects } from './support/arm/json';
import type { Manager } from './support/arm/manager';
import {
  ADDRESS,
  BALANCER,
  balancer,
  body,
  type Change,
  EXTENSION,
  extension,
  GATEWAY,
  GROUP,
  NAT,
  NET,
  network,
  permanent,
  probe,
  put,
  refusal,
  rule,
  SECURITY,
  SERVICE,
  SET,
  scaleSet,
  securityGroup,
  securityRule,
  service,
  standing,
  subnet,
  VM,
  VNET,
} from './support/arm-bodies';

/** What is wrong, the code of the refusal, the resource, and what is wanted of it. */
type Mistake = readonly [string, string, string, () => JsonObject];

const MACHINES = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets`;
const UNPROBED = `${BALANCER}-unprobed`;

const set =
  (name: string, value: JsonObject[string]): Change =>
  (properties) => {
    properties[name] = value;
  };

/** A load balancer with these rules beside the permanent one. */
const rules = (...wanted: readonly JsonObject[]): JsonObject =>
  balancer(set('loadBalancingRules', [permanent, ...wanted]));

/** A load balancer with these settings of its first frontend. */
const frontend = (settings: JsonObject): JsonObject =>
  balancer((properties) =>
    Object.assign(object(objects(properties.frontendIPConfigurations)[0]?.properties), settings),
  );

/** A service on the second frontend, with these NAT addresses. */
const natted = (count: number, settings: (index: number) => JsonObject): JsonObject =>
  service(
    set(
      'ipConfigurations',
      Array.from({ length: count }, (_, index) => ({
        name: `nat-${index + 1}`,
        properties: { primary: index === 0, subnet: { id: NAT }, ...settings(index) },
      })),
    ),
    's2',
  );

const securityWith = (settings: JsonObject): JsonObject => securityGroup(securityRule('a', 110, settings));

/** A scale set with something changed in a part of its machines' profile. */
const machines = (part: string, settings: JsonObject): JsonObject =>
  scaleSet((properties) => Object.assign(object(object(properties.virtualMachineProfile)[part]), settings));

const policy = (settings: JsonObject): JsonObject =>
  scaleSet((properties) => Object.assign(object(object(properties.upgradePolicy).rollingUpgradePolicy), settings));

const NETWORK: readonly Mistake[] = [
  ['a tag name with <', 'InvalidTagNameCharacters', VNET, () => ({ ...network(), tags: { 'a<b': 'c' } })],
  ['a tag value of 257', 'InvalidTagValueLength', VNET, () => ({ ...network(), tags: { a: 'v'.repeat(257) } })],
  ['an unknown location', 'LocationNotAvailableForResourceType', VNET, () => ({ ...network(), location: 'mars' })],
  ['a group that is not there', 'ResourceGroupNotFound', VNET.replace('/rg/', '/nope/'), network],
  ['a name with a space', 'InvalidResourceName', `${NET}/loadBalancers/l b`, balancer],
  ['a name of 81 letters', 'InvalidResourceName', `${NET}/loadBalancers/${'l'.repeat(81)}`, balancer],
  [
    'an address space with host bits',
    'InvalidCIDRNotation',
    VNET,
    () => network(set('addressSpace', { addressPrefixes: ['10.0.0.1/16'] })),
  ],
  ['a subnet outside the space', 'NetcfgInvalidSubnet', `${VNET}/subnets/x`, () => subnet('x', '10.1.0.0/24')],
  ['a subnet over another', 'NetcfgSubnetRangesOverlap', `${VNET}/subnets/x`, () => subnet('x', '10.0.1.128/25')],
  ['a subnet of /30', 'NetcfgSubnetTooSmall', `${VNET}/subnets/x`, () => subnet('x', '10.0.9.0/30')],
  [
    'policies on where a service has its NAT addresses',
    'CannotEnablePrivateLinkServiceNetworkPolicies',
    NAT,
    () => subnet('nat', '10.0.2.0/28'),
  ],
  ['a network without a subnet in use', 'InUseSubnetCannotBeDeleted', VNET, () => network(set('subnets', []))],
  [
    'a NAT gateway in two zones',
    'NatGatewayWithMultipleZones',
    GATEWAY,
    () => body({}, undefined, { zones: ['1', '2'] }),
  ],
  [
    'a dynamic public address',
    'PublicIPStandardMustBeStatic',
    ADDRESS,
    () => body({ publicIPAllocationMethod: 'Dynamic' }),
  ],
  [
    'zone 4',
    'InvalidAvailabilityZone',
    ADDRESS,
    () => body({ publicIPAllocationMethod: 'Static' }, undefined, { zones: ['4'] }),
  ],
  [
    'two security rules of one priority',
    'SecurityRuleConflict',
    SECURITY,
    () => securityGroup(securityRule('a', 110), securityRule('b', 110)),
  ],
  [
    'two security rules of one name',
    'DuplicateResourceName',
    SECURITY,
    () => securityGroup(securityRule('a', 110), securityRule('A', 120)),
  ],
  ['priority 99', 'SecurityRuleInvalidPriority', SECURITY, () => securityGroup(securityRule('a', 99))],
  [
    'a host name as prefix',
    'SecurityRuleInvalidAddressPrefix',
    SECURITY,
    () => securityWith({ sourceAddressPrefix: 'db.corp' }),
  ],
  [
    'a malformed prefix',
    'SecurityRuleInvalidAddressPrefix',
    SECURITY,
    () => securityWith({ sourceAddressPrefix: '10.0.0/8' }),
  ],
  [
    'a reversed range of ports',
    'SecurityRuleInvalidPortRange',
    SECURITY,
    () => securityWith({ destinationPortRanges: ['20-10'] }),
  ],
  ['port 70000', 'SecurityRuleInvalidPortRange', SECURITY, () => securityWith({ destinationPortRanges: ['70000'] })],
  ['no port at all', 'SecurityRuleParameterMissing', SECURITY, () => securityWith({ destinationPortRanges: [] })],
  ['a port and ports', 'SecurityRuleInvalidParameter', SECURITY, () => securityWith({ destinationPortRange: '1' })],
];

const SAME_FRONT = 'RulesUseSameFrontendPortProtocolAndIPConfig';
const SAME_BACK = 'RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig';
const second = { frontendIPConfiguration: { id: `${BALANCER}/frontendIPConfigurations/s2` } };
const static_ = { privateIPAllocationMethod: 'Static' };

const BALANCING: readonly Mistake[] = [
  ['one frontend port twice', SAME_FRONT, BALANCER, () => rules(rule('a', 1), rule('b', 1, { backendPort: 2 }))],
  ['one backend port twice', SAME_BACK, BALANCER, () => rules(rule('a', 1), rule('b', 2, { backendPort: 1 }))],
  ['one backend port from two frontends', SAME_BACK, BALANCER, () => rules(rule('a', 1), rule('b', 1, second))],
  ['frontend port 65535', 'InvalidFrontendPort', BALANCER, () => rules(rule('a', 65535))],
  ['backend port 0', 'InvalidBackendPort', BALANCER, () => rules(rule('a', 1, { backendPort: 0 }))],
  ['ports with All', 'HAPortsRuleNeedsPortsZero', BALANCER, () => rules(rule('a', 1, { protocol: 'All' }))],
  [
    'a rule for all ports beside another',
    'HAPortsRuleExcludesOtherRules',
    BALANCER,
    () => rules(rule('a', 0, { protocol: 'All' })),
  ],
  [
    '301 rules where machines stand',
    'LoadBalancingRulesPerNicLimitReached',
    BALANCER,
    () => rules(...Array.from({ length: 300 }, (_, index) => rule(`r-${index}`, 20000 + index))),
  ],
  [
    'a distribution that does not exist',
    'InvalidLoadDistribution',
    BALANCER,
    () => rules(rule('a', 1, { loadDistribution: 'RoundRobin' })),
  ],
  [
    'a probe that is not there',
    'InvalidResourceReference',
    BALANCER,
    () => rules(rule('a', 1, { probe: { id: 'nope' } })),
  ],
  ['3 idle minutes', 'InvalidIdleTimeout', BALANCER, () => rules(rule('a', 1, { idleTimeoutInMinutes: 3 }))],
  [
    'numberOfProbes 0',
    'ProbeCountTooSmall',
    BALANCER,
    () => balancer(set('probes', [probe('health', 61080, { numberOfProbes: 0 })])),
  ],
  [
    'an HTTP probe without a path',
    'ProbeRequestPath',
    BALANCER,
    () => balancer(set('probes', [probe('health', 61080, { requestPath: '' })])),
  ],
  ['an HTTP probe on port 25', 'ProbePortNotAllowed', BALANCER, () => balancer(set('probes', [probe('health', 25)]))],
  [
    "the rule of the scale set's probe gone",
    'CannotRemoveRuleUsedByProbeUsedByVMSS',
    BALANCER,
    () => balancer(set('loadBalancingRules', [rule('a', 10000)])),
  ],
  [
    "the scale set's probe gone",
    'CannotRemoveProbeUsedByVMSS',
    BALANCER,
    () =>
      balancer((properties) => {
        properties.probes = [probe('ready', 61081)];
        properties.loadBalancingRules = [rule('a', 10000)];
      }),
  ],
  [
    'the frontend of a service gone',
    'FrontendIPConfigurationInUseByPrivateLinkService',
    BALANCER,
    () =>
      balancer((properties) => {
        properties.frontendIPConfigurations = objects(properties.frontendIPConfigurations).slice(1);
        properties.loadBalancingRules = [];
      }),
  ],
  [
    'all frontends gone',
    'DeletingAllFrontendIPConfigsNotAllowed',
    BALANCER,
    () => balancer(set('frontendIPConfigurations', [])),
  ],
  [
    'the pool of machines gone',
    'InUseBackendAddressPoolCannotBeDeleted',
    BALANCER,
    () =>
      balancer((properties) => {
        properties.backendAddressPools = [];
        properties.loadBalancingRules = [];
      }),
  ],
  [
    'an address outside its subnet',
    'PrivateIPAddressNotInSubnet',
    BALANCER,
    () => frontend({ ...static_, privateIPAddress: '10.9.9.9' }),
  ],
  [
    'an address that Azure keeps',
    'PrivateIPAddressInReservedRange',
    BALANCER,
    () => frontend({ ...static_, privateIPAddress: '10.0.1.1' }),
  ],
];

const NO_POLICIES = 'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled';
const TWO = `${SERVICE}-2`;

const SERVICES: readonly Mistake[] = [
  ['NAT addresses in a subnet with policies', NO_POLICIES, TWO, () => natted(1, () => ({ subnet: { id: VM } }))],
  [
    'two primary NAT addresses',
    'PrivateLinkServicePrimaryIpConfiguration',
    TWO,
    () => natted(2, () => ({ primary: true })),
  ],
  ['nine NAT addresses', 'PrivateLinkServiceIpConfigurationCount', TWO, () => natted(9, () => ({}))],
  [
    'a NAT address taken away',
    'PrivateLinkServiceIpConfigurationCannotBeRemoved',
    SERVICE,
    () => service(set('ipConfigurations', [{ name: 'other', properties: { primary: true, subnet: { id: NAT } } }])),
  ],
  [
    'auto-approval outside visibility',
    'PrivateLinkServiceAutoApprovalNotInVisibility',
    SERVICE,
    () =>
      service((properties) => {
        properties.visibility = { subscriptions: ['a'] };
        properties.autoApproval = { subscriptions: ['b'] };
      }),
  ],
  ['a second service on a frontend', 'FrontendIPConfigurationAlreadyInUse', TWO, service],
  [
    'a service without a frontend',
    'PrivateLinkServiceNoFrontend',
    TWO,
    () => service(set('loadBalancerFrontendIpConfigurations', [])),
  ],
  [
    'a service in another region',
    'PrivateLinkServiceRegionMismatch',
    TWO,
    () => ({ ...service(undefined, 's2'), location: 'westus2' }),
  ],
  [
    'a connection that nobody asked for',
    'PrivateEndpointConnectionNotFound',
    `${SERVICE}/privateEndpointConnections/x`,
    () => ({ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }),
  ],
];

const size = (name: string, capacity: number): JsonObject => ({ ...scaleSet(), sku: { name, capacity } });
const NEW_SET = `${MACHINES}/new`;

const SCALE_SETS: readonly Mistake[] = [
  ['an unknown size', 'InvalidParameter', SET, () => size('Standard_Nope', 2)],
  ['101 machines in one placement group', 'InvalidParameter', SET, () => size('Standard_D2s_v5', 101)],
  ['a name of 65 letters', 'InvalidResourceName', `${MACHINES}/${'s'.repeat(65)}`, scaleSet],
  ['custom data above 64 KB', 'InvalidParameter', SET, () => machines('osProfile', { customData: 'A'.repeat(87384) })],
  ['custom data that is no base64', 'InvalidParameter', SET, () => machines('osProfile', { customData: '#cloud' })],
  ['a computer name of digits', 'InvalidParameter', SET, () => machines('osProfile', { computerNamePrefix: '123' })],
  ['a reserved administrator', 'InvalidParameter', NEW_SET, () => machines('osProfile', { adminUsername: 'admin' })],
  ['a key of another user', 'InvalidParameter', NEW_SET, () => machines('osProfile', { adminUsername: 'else' })],
  [
    'an unknown image',
    'PlatformImageNotFound',
    SET,
    () => machines('storageProfile', { imageReference: { publisher: 'x', offer: 'y', sku: 'z', version: 'latest' } }),
  ],
  ['Rolling without a probe', 'InvalidParameter', SET, () => machines('networkProfile', { healthProbe: null })],
  ['batches of 3 %', 'InvalidParameter', SET, () => policy({ maxBatchInstancePercent: 3 })],
  ['less unhealthy than a batch', 'InvalidParameter', SET, () => policy({ maxUnhealthyInstancePercent: 20 })],
  [
    'repair with an empty grace period',
    'InvalidParameter',
    SET,
    () => scaleSet(set('automaticRepairsPolicy', { enabled: true, gracePeriod: '' })),
  ],
  [
    'a probe that no rule uses',
    'CannotUseHealthProbeWithoutLoadBalancingRule',
    NEW_SET,
    () => machines('networkProfile', { healthProbe: { id: `${UNPROBED}/probes/health` } }),
  ],
  [
    'settings without a command',
    'VMExtensionProvisioningError',
    EXTENSION,
    () => extension({}, { protectedSettings: {} }),
  ],
  [
    'a command and a script',
    'VMExtensionProvisioningError',
    EXTENSION,
    () => extension({ script: 'AAAA', commandToExecute: 'true' }),
  ],
  [
    'one key in public and in secret',
    'VMExtensionProvisioningError',
    EXTENSION,
    () => extension({ script: 'AAAA' }, { protectedSettings: { script: 'AAAA' } }),
  ],
  [
    'a script above 256 KB',
    'VMExtensionProvisioningError',
    EXTENSION,
    () => extension({ script: 'A'.repeat(262_145) }),
  ],
  [
    'a version of three parts',
    'InvalidParameter',
    EXTENSION,
    () => extension({ script: 'AAAA' }, { typeHandlerVersion: '2.1.3' }),
  ],
];

describe('the stand-in of Azure Resource Manager refuses', () => {
  let manager: Manager;

  beforeEach(() => {
    manager = standing();
    put(manager, UNPROBED, balancer(set('loadBalancingRules', []), UNPROBED));
  });

  it.each([...NETWORK, ...BALANCING, ...SERVICES, ...SCALE_SETS])('%s', (_what, code, path, wanted) => {
    expect(refusal(() => put(manager, path, wanted()))).toBe(code);
  });
});
