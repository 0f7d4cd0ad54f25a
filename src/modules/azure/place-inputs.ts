import { LOCATION_FORM, LOCATIONS, REGIONS, SERVICE_SUBNETS, SOVEREIGN } from '../../inventory';
import { limit } from '../../limits';
import type { ModuleInput, ModuleValidation } from '../definition';
import { matches, noProblems, type Rule, repeated, shown } from '../problems';
import { formRules, hclWords, itemProblems, problemList, wholeRules } from '../rules';
import { nameRules } from './target-inputs';

const MAX_GROUP_NAME = limit('azure.resourceGroupNameLength').value;
const MAX_NAT_ADDRESSES = limit('azure.natAddressesPerPrivateLinkService').value;

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const NAME = '[A-Za-z0-9_.()-]{1,90}';
const NETWORK = `/subscriptions/${UUID}/resourceGroups/${NAME}/providers/Microsoft[.]Network/virtualNetworks/${NAME}`;
const SUBNET_ID = new RegExp(`^${NETWORK}/subnets/${NAME}$`);

/** The fixed words of a subnet's id, in lower case. */
const WORDS_OF_ID =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft[.]network\/virtualnetworks\/[^/]+\/subnets\/[^/]+$/;

/** The name of the router and where it stands. */
export function placeInputs(): readonly ModuleInput[] {
  return [
    {
      name: 'name',
      type: 'string',
      description:
        'The name of the router. Names of resources are made of it, so that another name is another router: it stays for good.',
      own: 'In an inventory it is the key of the router.',
      validations: [noProblems(problemList([nameRules('var.name', 'name')]))],
    },
    {
      name: 'location',
      type: 'string',
      description: 'The location of router, network and network connectivity configuration, by its name: eastus2.',
      inventory: 'routers.*.azure.location',
      validations: [noProblems(problemList([locationRules()]))],
    },
    {
      name: 'resource_group_name',
      type: 'string',
      description: 'The resource group of the router, which exists.',
      inventory: 'routers.*.azure.resourceGroupName',
      validations: [noProblems(problemList([groupRules()]))],
    },
    subnet('subnet_id', 'subnetId', 'The subnet of machines and load balancer, by its id.'),
    subnet(
      'nat_subnet_id',
      'natSubnetId',
      'The subnet of the NAT addresses of the Private Link Service, by its id: another one of the same virtual network, with network policies for Private Link Services off.',
    ),
    {
      name: 'nat_addresses',
      type: 'number',
      description: `NAT addresses of the Private Link Service, 1 to ${MAX_NAT_ADDRESSES}. They can be added, and not taken away.`,
      inventory: 'routers.*.azure.natAddresses',
      default: 1,
      validations: [noProblems(problemList([wholeRules('var.nat_addresses', 'nat_addresses', 1, MAX_NAT_ADDRESSES)]))],
    },
    {
      name: 'visibility',
      type: 'list(string)',
      description:
        'The subscriptions that can see the Private Link Service, or "*" for all. The one of Databricks is not published; a connection waits for approval all the same.',
      inventory: 'routers.*.azure.visibility',
      default: ['*'],
      validations: visibilityValidations(),
    },
    {
      name: 'auto_approval',
      type: 'list(string)',
      description: 'The subscriptions whose connections are approved unasked. Each is within visibility.',
      inventory: 'routers.*.azure.autoApproval',
      default: [],
      validations: [
        noProblems(itemProblems('var.auto_approval', 'auto_approval', 'id', [autoApprovalRules()])),
        noProblems(repeated(lowered('var.auto_approval'), 'auto_approval')),
      ],
    },
  ];
}

function lowered(list: string): string {
  return `[for item in ${list} : lower(item) if item != null]`;
}

function locationRules(): readonly Rule[] {
  const plain = 'replace(lower(trimspace(var.location)), "/[ _-]/", "")';
  const value = `\${${shown('var.location')}}`;
  return [
    {
      when: `contains(${hclWords(REGIONS)}, var.location)`,
      say: `location is ${value}, a region of AWS; the router stands in Azure. Write a location such as eastus2.`,
    },
    {
      when: `!contains(${hclWords(LOCATIONS)}, var.location) && contains(${hclWords(LOCATIONS)}, ${plain})`,
      say: `location is ${value}, which is how Azure shows a location. Write its name, \${${plain}}.`,
    },
    {
      when: matches(SOVEREIGN, 'lower(var.location)'),
      say: `location is ${value}, of another cloud of Azure, with other endpoints and another Databricks. Write a public location, such as eastus2.`,
    },
    ...formRules(
      'var.location',
      'location',
      LOCATION_FORM,
      'is not the name of a location. Write one such as eastus2.',
    ),
  ];
}

function groupRules(): readonly Rule[] {
  const value = `\${${shown('var.resource_group_name')}}`;
  return [
    {
      when: matches(/\//, 'var.resource_group_name'),
      say: `resource_group_name is ${value}, an id; the name is meant. Write the part behind resourceGroups.`,
    },
    {
      when: `!${matches(/^[A-Za-z0-9_.()-]+$/, 'var.resource_group_name')} || ${matches(/[.]$/, 'var.resource_group_name')} || length(var.resource_group_name) > ${MAX_GROUP_NAME}`,
      say: `resource_group_name, ${value}, is no name of a resource group: 1 to ${MAX_GROUP_NAME} letters, digits and _ ( ) . -, no dot at the end. Write the name of a group that exists.`,
    },
  ];
}

function subnet(name: string, key: string, description: string): ModuleInput {
  const id = `var.${name}`;
  const value = `\${jsonencode(substr(${id}, 0, 300))}`;
  const last = `element(split("/", ${id}), length(split("/", ${id})) - 1)`;
  const rules: readonly Rule[] = [
    {
      when: matches(new RegExp(`^${NETWORK}$`), id),
      say: `${name} is ${value}, a virtual network; one of its subnets is meant. Add /subnets/ and the name of the subnet.`,
    },
    {
      when: `!${matches(SUBNET_ID, id)} && ${matches(WORDS_OF_ID, `lower(${id})`)}`,
      say: `${name}, ${value}, has the fixed words of an id in other letters than Terraform takes. Write /subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Network/virtualNetworks/NAME/subnets/NAME.`,
    },
    {
      when: `!${matches(SUBNET_ID, id)}`,
      say: `${name}, ${value}, is not the id of a subnet: /subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Network/virtualNetworks/NAME/subnets/NAME. Copy it: az network vnet subnet show --query id.`,
    },
    {
      when: `contains(${hclWords(SERVICE_SUBNETS.map((one) => one.toLowerCase()))}, lower(${last}))`,
      say: `${name} is \${${last}}, which is kept for a service of Azure's own. Make a subnet for the forwarders, and another for the Private Link Service.`,
    },
  ];
  return {
    name,
    type: 'string',
    description,
    inventory: `routers.*.azure.${key}`,
    validations: [noProblems(problemList([rules]))],
  };
}

function subscriptionRules(value: string, where: string): readonly Rule[] {
  return [
    {
      when: `!${matches(new RegExp(`^${UUID}$`), value)} || ${matches(/^[0-]+$/, value)}`,
      say: `${where}, \${${shown(value)}}, is not the id of a subscription, a UUID. Write the id, not the name: az account show --query id.`,
    },
  ];
}

function visibilityValidations(): readonly ModuleValidation[] {
  const subscriptions: readonly Rule[] = [
    { when: 'id == "*"', say: '' },
    ...subscriptionRules('id', 'visibility[${i}]'),
  ];
  return [
    noProblems(itemProblems('var.visibility', 'visibility', 'id', [subscriptions])),
    noProblems(repeated(lowered('var.visibility'), 'visibility')),
    {
      condition: 'length(var.visibility) > 0',
      message:
        'Nobody outside the own subscription sees the Private Link Service: Databricks cannot connect. Write ["*"], or leave visibility away: a connection waits for approval all the same.',
    },
    {
      condition: '!contains(var.visibility, "*") || length(var.visibility) <= 1',
      message:
        'visibility has "*", which means every subscription, and others beside it. Write "*" alone, or the subscriptions without it.',
    },
  ];
}

function autoApprovalRules(): readonly Rule[] {
  return [
    {
      when: 'id == "*"',
      say: 'auto_approval[${i}] is "*", which would approve the connections of every subscription; ids of subscriptions are expected. Leave it away: our own endpoint is approved all the same.',
    },
    ...subscriptionRules('id', 'auto_approval[${i}]'),
  ];
}

/** Subnets that do not go together. Rules of a precondition, since they are of two variables. */
export function subnetPairRules(): readonly Rule[] {
  const network = (id: string): string => `lower(join("/", slice(split("/", ${id}), 0, 9)))`;
  const [vm, nat] = ['var.subnet_id', 'var.nat_subnet_id'];
  return [
    {
      when: `lower(${vm}) == lower(${nat})`,
      say: 'subnet_id and nat_subnet_id are the same subnet; Azure puts NAT addresses into none that has its network policies on. Make a second subnet in the virtual network, a /28 is enough, and name it as nat_subnet_id.',
    },
    {
      when: `${network(vm)} != ${network(nat)}`,
      say: `subnet_id and nat_subnet_id belong to two virtual networks, \${${network(vm)}} and \${${network(nat)}}. Name two subnets of one virtual network.`,
    },
  ];
}

/** Subscriptions that are approved unasked and see nothing. */
export function unseenApprovals(): string {
  const seen = '[for item in var.visibility : lower(item)]';
  const say =
    'auto_approval[${i}], ${id}, would be approved unasked, but does not see the service: visibility does not list it. Add it there, or remove it here.';
  return `[for i, id in var.auto_approval : contains(var.visibility, "*") || contains(${seen}, lower(id)) ? "" : "${say}"]`;
}
