/** What people call a backend of Terraform, by its own name. */
export const BACKEND_ALIASES: Readonly<Record<string, readonly string[]>> = {
  azurerm: ['azure', 'azureblob', 'azurestorage', 'blob', 'arm'],
  consul: ['hashicorpconsul'],
  gcs: ['gcp', 'google', 'googlestorage', 'gs'],
  http: ['https', 'gitlab', 'rest'],
  kubernetes: ['k8s'],
  local: ['file', 'filesystem'],
  oci: ['oracle', 'oraclecloud'],
  pg: ['postgres', 'postgresql'],
  remote: [
    'cloud',
    'terraformcloud',
    'tfc',
    'tfe',
    'hcp',
    'hcpterraform',
    'terraformenterprise',
    'app.terraform.io',
    'scalr',
    'env0',
  ],
  s3: ['aws', 'awss3', 'bucket', 'minio'],
};

/** The backend that a word of people means, and what else there is to say of it. */
export function backendMeant(word: string): { readonly name: string; readonly note?: string } | undefined {
  const plain = word.toLowerCase().replace(/[-_\s]/g, '');
  const name = Object.entries(BACKEND_ALIASES).find(([, words]) => words.includes(plain))?.[0];
  if (name === undefined) return undefined;
  return name === 'remote' ? { name, note: REMOTE } : { name };
}

/** `cloud` is a block of its own in Terraform and no backend; both reach the same workspaces. */
const REMOTE =
  'Write remote: { hostname: app.terraform.io, organization: NAME, workspaces: { name: "plr-{router}" } }; it reaches HCP Terraform and Terraform Enterprise, as the block cloud does.';
