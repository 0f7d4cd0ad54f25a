import type { Price } from '../model';

const LOAD_BALANCER = 'https://azure.microsoft.com/pricing/details/load-balancer/';
const MACHINES = 'https://azure.microsoft.com/pricing/details/virtual-machines/linux/';
const NAT_GATEWAY = 'https://azure.microsoft.com/pricing/details/azure-nat-gateway/';
const ADDRESSES = 'https://azure.microsoft.com/pricing/details/ip-addresses/';
const CHECKED = '2026-10-01';

/** What Azure charges for the parts of a router. Private Link Services are free; who owns the endpoint pays for it. */
export const AZURE_PRICES = [
  {
    id: 'azure.loadBalancerFirstRules',
    cloud: 'azure',
    what: 'the first five load-balancing rules of a Standard Load Balancer, together',
    value: 0.025,
    per: 'hour',
    region: 'all',
    source: LOAD_BALANCER,
    checked: CHECKED,
  },
  {
    id: 'azure.loadBalancerRule',
    cloud: 'azure',
    what: 'each load-balancing rule after the fifth',
    value: 0.01,
    per: 'hour',
    region: 'all',
    source: LOAD_BALANCER,
    checked: CHECKED,
  },
  {
    id: 'azure.loadBalancerData',
    cloud: 'azure',
    what: 'data that a Standard Load Balancer processes',
    value: 0.005,
    per: 'GB',
    region: 'all',
    source: LOAD_BALANCER,
    checked: CHECKED,
  },
  {
    id: 'azure.machineD2sV5',
    cloud: 'azure',
    what: 'a machine of Standard_D2s_v5, Linux, pay as you go; its disk is not in it',
    value: 0.096,
    per: 'hour',
    region: 'eastus2',
    source: MACHINES,
    checked: CHECKED,
  },
  {
    id: 'azure.natGateway',
    cloud: 'azure',
    what: 'a NAT gateway',
    value: 0.045,
    per: 'hour',
    region: 'eastus2',
    source: NAT_GATEWAY,
    checked: CHECKED,
  },
  {
    id: 'azure.natGatewayData',
    cloud: 'azure',
    what: 'data that a NAT gateway processes',
    value: 0.045,
    per: 'GB',
    region: 'eastus2',
    source: NAT_GATEWAY,
    checked: CHECKED,
  },
  {
    id: 'azure.publicAddress',
    cloud: 'azure',
    what: 'a public IPv4 address of the Standard kind, such as the one of a NAT gateway',
    value: 0.005,
    per: 'hour',
    region: 'eastus2',
    source: ADDRESSES,
    checked: CHECKED,
  },
] as const satisfies readonly Price[];
