import type { Pipeline } from '../../../src/pipelines';

/** One router on AWS, nothing named otherwise than by default. */
export const PLAIN: Pipeline = {
  file: 'privatelink-router.yaml',
  branch: 'main',
  repository: 'github.com/acme/network',
  environments: [
    {
      files: ['privatelink-router.yaml', 'privatelink-router.lock.json'],
      stacks: [{ router: 'analytics', deployment: 'analytics', cloud: 'aws', region: 'us-east-2' }],
    },
  ],
};

/** Two environments, both clouds, an inventory in a folder and a branch that has another name. */
export const LARGE: Pipeline = {
  file: 'network/inventory.yaml',
  branch: 'trunk/live',
  environments: ['dev', 'prod'].map((name) => ({
    name,
    files: ['network/inventory.yaml', `network/inventory.${name}.yaml`, `network/inventory.${name}.lock.json`],
    stacks: [
      { router: 'analytics', deployment: `analytics-${name}`, cloud: 'aws', region: 'us-east-2' },
      { router: 'erp', deployment: `erp-${name}`, cloud: 'azure', region: 'eastus2' },
    ],
  })),
};

/** A router that uses the NCC of another one, which stands behind it in the inventory. */
export const SHARING: Pipeline = {
  ...PLAIN,
  environments: PLAIN.environments.map(({ files }) => ({
    files,
    stacks: [
      { router: 'billing', deployment: 'billing', cloud: 'aws', region: 'us-east-2', after: 'orders' },
      { router: 'orders', deployment: 'orders', cloud: 'aws', region: 'us-east-2' },
    ],
  })),
};

/** Files whose change starts a run, in every product. */
export const LARGE_WATCHED = [
  'network/inventory.yaml',
  'network/inventory.dev.yaml',
  'network/inventory.dev.lock.json',
  'network/inventory.prod.yaml',
  'network/inventory.prod.lock.json',
  'package.json',
  'package-lock.json',
] as const;
