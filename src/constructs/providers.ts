import type { Construct } from 'constructs';
import { AwsProvider, type AwsProviderConfig, AzurermProvider, DatabricksProvider, DnsProvider } from '../bindings';
import type { AwsPlace, AzurePlace, DatabricksAccount } from '../model';
import { terraformText } from './terraform-text';

/** A private endpoint takes the API minutes; after the provider's own 60 seconds it would be made and forgotten. */
const DATABRICKS_HTTP_TIMEOUT_SECONDS = 300;

/** Without an end to it, a host that refuses connections makes a plan hang. */
const DATABRICKS_RETRY_TIMEOUT_SECONDS = 300;

export interface AwsProvidersProps {
  readonly aws: AwsPlace;
  readonly databricks: DatabricksAccount;
  /** True where Terraform resolves names. */
  readonly dns: boolean;
}

/** The providers of a stack of AWS. Credentials come from the environment; where they lead to is fixed here. */
export function addAwsProviders(scope: Construct, props: AwsProvidersProps): void {
  new AwsProvider(scope, 'aws', awsProvider(props.aws));
  addDatabricksProvider(scope, props.databricks);
  if (props.dns) new DnsProvider(scope, 'dns');
}

export interface AzureProvidersProps {
  readonly azure: AzurePlace;
  readonly databricks: DatabricksAccount;
}

/** The providers of a stack of Azure. Credentials come from the environment, and the tenant unless it was given. */
export function addAzureProviders(scope: Construct, props: AzureProvidersProps): void {
  const { subscriptionId, tenantId } = props.azure;
  new AzurermProvider(scope, 'azurerm', {
    features: [{}],
    subscriptionId: terraformText(subscriptionId),
    ...(tenantId === undefined ? {} : { tenantId: terraformText(tenantId) }),
    // Registrations are the subscription owner's: asked for at every plan, they need rights that nothing else here needs.
    resourceProviderRegistrations: 'none',
  });
  addDatabricksProvider(scope, props.databricks);
}

function addDatabricksProvider(scope: Construct, account: DatabricksAccount): void {
  new DatabricksProvider(scope, 'databricks', {
    host: terraformText(account.host),
    accountId: terraformText(account.accountId),
    httpTimeoutSeconds: DATABRICKS_HTTP_TIMEOUT_SECONDS,
    retryTimeoutSeconds: DATABRICKS_RETRY_TIMEOUT_SECONDS,
  });
}

function awsProvider(aws: AwsPlace): AwsProviderConfig {
  const { assumeRole, profile } = aws;
  return {
    region: terraformText(aws.region),
    // An apply with another account's credentials stops at once.
    allowedAccountIds: [terraformText(aws.accountId)],
    ...(profile === undefined ? {} : { profile: terraformText(profile) }),
    ...(assumeRole === undefined
      ? {}
      : {
          assumeRole: [
            {
              roleArn: terraformText(assumeRole.roleArn),
              ...(assumeRole.sessionName === undefined ? {} : { sessionName: terraformText(assumeRole.sessionName) }),
              ...(assumeRole.externalId === undefined ? {} : { externalId: terraformText(assumeRole.externalId) }),
            },
          ],
        }),
  };
}
