import type { Cloud } from '../model';

/** How a job becomes somebody whom a cloud knows, by the token that GitHub gives it. */
interface Login {
  /** The lines of a step. Each job has those of every cloud: what it is for stands in the matrix. */
  readonly step: readonly string[];
  /** Variables of the job. */
  readonly env: readonly string[];
  /** The variables of the environment that they read, for a sentence. */
  readonly variables: string;
}

const LOGINS: Readonly<Record<Cloud, Login>> = {
  aws: {
    step: [
      '- uses: aws-actions/configure-aws-credentials@v4',
      "  if: matrix.cloud == 'aws'",
      '  with:',
      '    role-to-assume: ${{ vars.AWS_ROLE_ARN }}',
      '    aws-region: ${{ matrix.region }}',
    ],
    env: [],
    variables: 'AWS_ROLE_ARN',
  },
  azure: {
    step: [],
    env: [
      'ARM_USE_OIDC: "true"',
      'ARM_CLIENT_ID: ${{ vars.AZURE_CLIENT_ID }}',
      'ARM_TENANT_ID: ${{ vars.AZURE_TENANT_ID }}',
    ],
    variables: 'AZURE_CLIENT_ID and AZURE_TENANT_ID',
  },
};

/** Of every cloud, for the one workflow that runs all routers. */
export const GITHUB_LOGINS: readonly Login[] = Object.values(LOGINS);

/** How a task begins that logs in to a cloud by a service connection and goes on with lines of shell. */
export const AZURE_DEVOPS_TASKS: Readonly<
  Record<Cloud, (title: string, connection: string, region: string) => readonly string[]>
> = {
  aws: (title, connection, region) => [
    '- task: AWSShellScript@1',
    `  displayName: ${title}`,
    '  inputs:',
    `    awsCredentials: ${connection}`,
    `    regionName: ${region}`,
    '    scriptType: inline',
    '    disableAutoCwd: true',
    '    workingDirectory: $(Build.SourcesDirectory)',
    '    inlineScript: |',
    '      set -e',
  ],
  azure: (title, connection) => [
    '- task: AzureCLI@2',
    `  displayName: ${title}`,
    '  inputs:',
    `    azureSubscription: ${connection}`,
    '    scriptType: bash',
    '    scriptLocation: inlineScript',
    '    workingDirectory: $(Build.SourcesDirectory)',
    '    inlineScript: |',
    '      set -e',
    '      # Who the service connection is; the provider asks for tokens itself, so that none is too old.',
    '      export ARM_USE_OIDC=true ARM_CLIENT_ID="$AZURESUBSCRIPTION_CLIENT_ID" ARM_TENANT_ID="$AZURESUBSCRIPTION_TENANT_ID"',
    '      export ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID="$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"',
  ],
};

/** Spacelift's own token, for whoever trusts its issuer. */
export const SPACELIFT_TOKEN = '/mnt/workspace/spacelift.oidc';

/** Variables by which a provider logs in with Spacelift's token; for AWS Spacelift's own integration sets them. */
export const SPACELIFT_LOGINS: Readonly<Record<Cloud, readonly string[]>> = {
  aws: [],
  azure: ['ARM_USE_OIDC: "true"', `ARM_OIDC_TOKEN_FILE_PATH: ${SPACELIFT_TOKEN}`],
};
