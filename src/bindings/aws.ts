/** The typed resources of the AWS provider, each by its own subpath: the provider's root alone takes two seconds to load. */
export { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
export { DataAwsVpc, type DataAwsVpcConfig } from '@cdktf/provider-aws/lib/data-aws-vpc';
export { Lb } from '@cdktf/provider-aws/lib/lb';
export { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
export { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
export { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
export { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
export { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
export { VpcEndpointConnectionAccepter } from '@cdktf/provider-aws/lib/vpc-endpoint-connection-accepter';
export { VpcEndpointService } from '@cdktf/provider-aws/lib/vpc-endpoint-service';
export { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
export { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
