import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsPrivatelinkRouter } from './.gen/modules/aws-privatelink-router';
import { AzurePrivatelinkForwarder } from './.gen/modules/azure-privatelink-forwarder';
import { DatabricksNccPrivateEndpoints } from './.gen/modules/databricks-ncc-private-endpoints';

/** The account console is another one on each cloud. */
const DATABRICKS = { account_id: '7a99b43c-b46c-432b-b0a7-814217701909', http_timeout_seconds: 300 };

/** Which provider a name means; the modules say which versions. */
const SOURCES = { databricks: { source: 'databricks/databricks' } };

/** Databases in AWS for the workspaces of one region. */
class AwsAnalytics extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addOverride('terraform.required_providers', SOURCES);
    this.addOverride('provider', {
      aws: [{ region: 'us-east-2' }],
      databricks: [{ host: 'https://accounts.cloud.databricks.com', ...DATABRICKS }],
    });
    const router = new AwsPrivatelinkRouter(this, 'router', {
      name: 'analytics',
      region: 'us-east-2',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
      targets: [
        { name: 'orders-db', host: '10.40.7.12', preset: 'postgres', domain: 'orders.acme-data.com' },
        { name: 'billing-sql', host: '10.40.7.20', preset: 'sqlserver', domain: 'billing.acme-data.com' },
      ],
    });
    const databricks = new DatabricksNccPrivateEndpoints(this, 'databricks', {
      region: 'us-east-2',
      ncc: { name: 'analytics', workspace_ids: ['1234567890123456'] },
      domainNames: ['orders.acme-data.com', 'billing.acme-data.com'],
      endpointService: router.endpointServiceNameOutput,
      bindAfter: [router.acceptedEndpointIdOutput],
    });
    // Each needs something of the other's resources; only the second of the two can name the first in its constructor.
    router.privateEndpointId = databricks.privateEndpointIdOutput;
    new TerraformOutput(this, 'listener_ports', { value: router.listenerPortsOutput });
  }
}

/** The same on Azure. */
class AzureAnalytics extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const subscription = '0f5b6c1e-8d0f-4d0a-9a53-1a2b3c4d5e6f';
    const network = `/subscriptions/${subscription}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-data`;
    this.addOverride('terraform.required_providers', SOURCES);
    this.addOverride('provider', {
      azurerm: [{ features: [{}], subscription_id: subscription, resource_provider_registrations: 'none' }],
      databricks: [{ host: 'https://accounts.azuredatabricks.net', ...DATABRICKS }],
    });
    const forwarder = new AzurePrivatelinkForwarder(this, 'forwarder', {
      name: 'analytics',
      location: 'eastus2',
      resourceGroupName: 'rg-privatelink-router',
      subnetId: `${network}/subnets/forwarders`,
      natSubnetId: `${network}/subnets/private-link`,
      targets: [{ name: 'erp', host: 'erp.corp.acme.com', preset: 'oracle' }],
    });
    const databricks = new DatabricksNccPrivateEndpoints(this, 'databricks', {
      region: 'eastus2',
      ncc: { name: 'analytics', workspace_ids: ['1234567890123456'] },
      domainNames: ['erp.corp.acme.com'],
      resourceId: forwarder.privateLinkServiceIdOutput,
      bindAfter: [forwarder.approvedDeploymentIdOutput],
    });
    forwarder.privateEndpointName = databricks.privateEndpointNameOutput;
    new TerraformOutput(this, 'listener_ports', { value: forwarder.listenerPortsOutput });
  }
}

const app = new App();
new AwsAnalytics(app, 'analytics-aws');
new AzureAnalytics(app, 'analytics-azure');
app.synth();
