import type { ModuleDefinition } from '../definition';
import { moduleFiles } from '../files';
import { fillAwsModule } from './fill';
import { AWS_INPUTS } from './inputs';
import { AWS_NOTES } from './notes';
import { AWS_OUTPUTS } from './outputs';

/** A router on AWS: one load balancer, one endpoint service, at most 50 targets. */
export const awsModule: ModuleDefinition = {
  name: 'aws-privatelink-router',
  provider: 'aws',
  registryName: 'privatelink-router',
  title: 'PrivateLink router on AWS for Databricks',
  purpose:
    'One internal network load balancer and one VPC endpoint service give Databricks serverless compute a private way to as many as 50 databases and APIs, in the VPC or behind it: each target has a listener port, a target group and addresses of its own, and a name that clients dial. The databricks module `ncc-private-endpoints` makes the private endpoint that leads here.',
  providers: ['aws', 'dns'],
  requiredVersion: '>= 1.3',
  inputs: AWS_INPUTS,
  outputs: AWS_OUTPUTS,
  notes: AWS_NOTES,
  companions: [],
  files: moduleFiles('aws'),
  fill: fillAwsModule,
};
