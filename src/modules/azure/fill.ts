import { TerraformLocal, type TerraformStack } from 'cdktf';
import {
  AzureEgress,
  AzureNetwork,
  AzurePool,
  AzureShard,
  addListenerRules,
  EndpointApproval,
  expression,
  ForwarderMachine,
  pinned,
  Reference,
  RouterTags,
} from '../../constructs';
import { limit } from '../../limits';
import { MODULE_WORDS } from '../words';
import { computedLocals, tableLocals } from './locals';
import { FRONTEND } from './names';
import { azurePreconditions, problemLocals } from './preconditions';

/** The constructs of a router with one pool and one shard, given references where a stack gives the plan. */
export function fillAzureModule(stack: TerraformStack): void {
  const local = (name: string, value: unknown): void => {
    pinned(new TerraformLocal(stack, `${name}-local`, value), name);
  };
  for (const [name, value] of Object.entries(tableLocals())) local(name, value);
  const computed = { ...computedLocals(), ...problemLocals() };
  for (const [name, value] of Object.entries(computed)) local(name, expression(value));

  const tags = new RouterTags(stack, {
    router: new Reference('var.name'),
    tags: new Reference('var.tags'),
    anyCase: true,
  }).reference;
  const network = new AzureNetwork(stack, 'network', {
    azure: {
      location: new Reference('var.location'),
      resourceGroupName: new Reference('var.resource_group_name'),
      network: { subnetId: new Reference('var.subnet_id'), natSubnetId: new Reference('var.nat_subnet_id') },
    },
    tags,
    words: MODULE_WORDS,
  });
  const forwarder = {
    engine: new Reference('var.forwarder.engine'),
    instances: new Reference('var.forwarder.instances'),
    size: new Reference('var.forwarder.size'),
    zones: new Reference('local.zones'),
    image: new Reference('local.image'),
    imageUpgrades: new Reference('var.forwarder.image_upgrades'),
    encryptionAtHost: new Reference('var.forwarder.encryption_at_host'),
    ssh: {
      wanted: new Reference('var.forwarder.ssh != null'),
      publicKey: new Reference('local.ssh_public_key'),
      from: new Reference('local.ssh_from'),
    },
    egress: {
      kind: new Reference('local.egress'),
      mirror: new Reference('local.mirror'),
      signingKey: new Reference('local.mirror_signing_key'),
      caCertificate: new Reference('local.mirror_ca_certificate'),
    },
    metrics: { from: new Reference('local.metrics_from') },
    runCommand: new Reference('var.forwarder.run_command'),
    maintenance: new Reference('local.maintenance'),
  };
  const egress = new AzureEgress(stack, 'egress', {
    network,
    natGatewayName: new Reference('local.nat_gateway_name'),
    publicIpName: new Reference('local.public_ip_name'),
    zones: forwarder.zones,
    tags,
    wanted: new Reference('local.egress == "nat"'),
  });
  const machine = new ForwarderMachine(stack, 'machine', { forwarder, resolvers: new Reference('var.resolvers') });
  const loadBalancing = 'per-target';
  const pool = new AzurePool(stack, 'pool', {
    plan: {
      name: new Reference('local.pool_name'),
      // Terraform takes no variable there: the README says how to guard the module from outside.
      deletionProtection: false,
      loadBalancerName: new Reference('local.load_balancer_name'),
      securityGroupName: new Reference('local.security_group_name'),
      scaleSetName: new Reference('local.scale_set_name'),
      computerNamePrefix: new Reference('local.computer_name_prefix'),
      acceleratedNetworking: new Reference('local.accelerated_networking'),
    },
    frontends: [FRONTEND],
    network,
    machine,
    forwarder,
    loadBalancing,
    targets: 'local.targets',
    after: egress.ready,
    limits: {
      customData: limit('azure.customDataSize').value,
      extensionScript: limit('azure.extensionScriptSize').value,
    },
    preconditions: azurePreconditions(),
    tags,
  });
  const shard = new AzureShard(stack, 'shard', {
    plan: {
      name: new Reference('local.shard_name'),
      deletionProtection: false,
      frontendName: FRONTEND,
      privateLinkServiceName: new Reference('local.private_link_service_name'),
    },
    azure: {
      natAddresses: new Reference('var.nat_addresses'),
      visibility: new Reference('[for id in var.visibility : lower(id)]'),
      autoApproval: new Reference('[for id in var.auto_approval : lower(id)]'),
    },
    network,
    pool,
    tags,
  });
  addListenerRules([shard], loadBalancing);
  new EndpointApproval(stack, 'approval', {
    network,
    service: shard.service,
    endpointName: new Reference('var.private_endpoint_name'),
    approval: new Reference('var.approval'),
    tags,
  });
}
