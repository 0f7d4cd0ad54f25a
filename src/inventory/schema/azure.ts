import * as z from 'zod/mini';
import { limitValue } from '../../limits';
import { subnetIdForm } from '../values/azure/ids';
import { autoApprovalForm, resourceGroupForm, uuidForm, visibilityForm } from '../values/azure/names';
import { addressSpaceFault } from '../values/cidr';
import { DOCS, list, text, whole, word } from './field';
import { forwarderSchema } from './forwarder';

/** A router's place in Azure. Which of subnets and network stand, and what fits together, is checked apart. */
export const azureSchema = z
  .strictObject({
    subscriptionId: z.optional(
      text(
        {
          description:
            'The subscription of the router. Default: the one of its subnets; needed with a network of our own.',
        },
        uuidForm('subscription'),
      ),
    ),
    tenantId: z.optional(
      text({ description: 'The tenant. Default: the one of whoever runs Terraform.' }, uuidForm('tenant')),
    ),
    location: text({ description: 'The location of router, network and NCC, by its name.', examples: ['eastus2'] }),
    resourceGroupName: text({ description: 'The resource group of the router, which exists.' }, resourceGroupForm),
    subnetId: z.optional(text({ description: 'The subnet of machines and load balancer, by its id.' }, subnetIdForm)),
    natSubnetId: z.optional(
      text(
        {
          description:
            'The subnet of the NAT addresses of the Private Link Services, by its id: another one of the same virtual network.',
        },
        subnetIdForm,
      ),
    ),
    network: z.optional(
      z
        .strictObject({
          addressSpace: text(
            { description: 'Its address space, a private network with a prefix of /16 to /26.' },
            addressSpaceFault,
          ),
        })
        .register(DOCS, {
          description: 'A small virtual network of our own, for a trial. Instead of subnetId and natSubnetId.',
        }),
    ),
    natAddresses: z.optional(
      whole(
        {
          description: 'NAT addresses of each Private Link Service. They can be added, and not taken away.',
          default: 1,
        },
        1,
        limitValue('azure.natAddressesPerPrivateLinkService', {}),
      ),
    ),
    visibility: z.optional(
      list(
        {
          description:
            'The subscriptions that can see the Private Link Services, or "*" for all. The one of Databricks is not published; a connection waits for approval all the same.',
          default: ['*'],
        },
        text({ description: 'The id of a subscription, or "*".' }, visibilityForm),
      ),
    ),
    autoApproval: z.optional(
      list(
        {
          description: 'The subscriptions whose connections are approved unasked. Each is within visibility.',
          default: [],
        },
        text({ description: 'The id of a subscription.' }, autoApprovalForm),
      ),
    ),
    loadBalancing: z.optional(
      word(
        {
          description:
            'A load-balancing rule for each target, or a single one for all ports, which hundreds of targets want. A change needs a router of another name.',
          default: 'per-target',
        },
        ['per-target', 'ha-ports'],
      ),
    ),
    forwarder: z.optional(forwarderSchema),
  })
  .register(DOCS, {
    description: 'Where the router stands in Azure.',
    oneOf: [{ required: ['subnetId', 'natSubnetId'] }, { required: ['subscriptionId', 'network'] }],
  });
