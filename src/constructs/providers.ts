import type { Construct } from 'constructs';
import { AwsProvider, type AwsProviderConfig, DatabricksProvider, DnsProvider } from '../bindings';
import type { AwsPlace, DatabricksAccount } from '../model';
import { terraformText } from './terraform-text';

/** A private endpoint takes the API minutes; after the provider's own 60 seconds it would be made and forgotten. */
const DATABRICKS_HTTP_TIMEOUT_SECONDS = 300;

/** Without an end to it, a host that refuses connections makes a plan hang. */
const DATABRICKS_RETRY_TIMEOUT_SECONDS = 300;

export interface ProvidersProps {
  readonly aws: AwsPlace;
  readonly databricks: DatabricksAccount;
  /** True where Terraform resolves names. */
  readonly dns: boolean;
}

/** The providers of a stack. Credentials come from the environment; where they lead to is fixed here. */
export function addProviders(scope: Construct, props: ProvidersProps): void {
  new AwsProvider(scope, 'aws', awsProvider(props.aws));
  new DatabricksProvider(scope, 'databricks', {
    host: terraformText(props.databricks.host),
    accountId: terraformText(props.databricks.accountId),
    httpTimeoutSeconds: DATABRICKS_HTTP_TIMEOUT_SECONDS,
    retryTimeoutSeconds: DATABRICKS_RETRY_TIMEOUT_SECONDS,
  });
  if (props.dns) new DnsProvider(scope, 'dns');
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
