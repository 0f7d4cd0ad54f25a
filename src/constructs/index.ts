export { AwsNetwork, type AwsNetworkProps } from './aws/network';
export { AwsShard, type AwsShardProps } from './aws/shard';
export type { ShardLimits } from './aws/shard-load-balancer';
export { type ShardTarget, shardTargets } from './aws/shard-targets';
export { admissions, TargetAdmission, type TargetAdmissionProps } from './aws/target-admission';
export {
  BINDING_ADDRESS,
  NCC_ADDRESS,
  NetworkConnectivity,
  type NetworkConnectivityProps,
  WorkspaceBindings,
  type WorkspaceBindingsProps,
} from './databricks/ncc';
export {
  accepterAddress,
  PrivateEndpointRule,
  type PrivateEndpointRuleProps,
} from './databricks/private-endpoint-rule';
export { expression, forEach, pinned, shardResource } from './expression';
export { addProviders, type ProvidersProps } from './providers';
export { RESERVED_TAG_PREFIX, RouterTags, type RouterTagsProps, resourceTags } from './tags';
export { type Json, terraformText, terraformValue } from './terraform-text';
