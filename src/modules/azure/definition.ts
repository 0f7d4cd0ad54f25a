import { TEMPLATE_FILES } from '../../forwarder';
import type { ModuleDefinition } from '../definition';
import { moduleFiles } from '../files';
import { fillAzureModule } from './fill';
import { forwarderInput } from './forwarder-input';
import { AZURE_NOTES } from './notes';
import { AZURE_OUTPUTS } from './outputs';
import { placeInputs } from './place-inputs';
import { routerInputs } from './router-inputs';
import { targetsInput, tuningInputs } from './target-inputs';

/** A router on Azure: one load balancer with its forwarders, one Private Link Service. */
export const azureModule: ModuleDefinition = {
  name: 'azure-privatelink-forwarder',
  provider: 'azurerm',
  registryName: 'privatelink-forwarder',
  title: 'Private Link forwarder on Azure for Databricks',
  purpose:
    'A Private Link Service, an internal load balancer and a scale set of forwarders (HAProxy, nginx or nftables) give Databricks serverless compute a private way to databases and APIs that the virtual network reaches, on premises too: each target has a listener port and a name that clients dial, and a change of targets reaches the machines without replacing one. The module `databricks-ncc-private-endpoints` makes the private endpoint that leads here.',
  providers: ['azurerm'],
  requiredVersion: '>= 1.3',
  inputs: [...placeInputs(), targetsInput(), forwarderInput(), ...routerInputs(), ...tuningInputs()],
  outputs: AZURE_OUTPUTS,
  notes: AZURE_NOTES,
  companions: TEMPLATE_FILES,
  files: moduleFiles('azure'),
  fill: fillAzureModule,
};
