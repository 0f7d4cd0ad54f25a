import * as z from 'zod/mini';
import { type AdoptFinding, refused } from './findings';
import type { StateResource } from './state';

/** What is read of each type of resource; everything else of it is passed over. */
const texts = z.array(z.string());
const maybeText = z.optional(z.nullable(z.string()));
const maybeNumber = z.optional(z.nullable(z.number()));
const maybeTexts = z.optional(z.nullable(texts));
// The provider keeps some switches and numbers as texts.
const numberText = z.optional(z.nullable(z.union([z.number(), z.string()])));
const flagText = z.optional(z.nullable(z.union([z.boolean(), z.string()])));

const loadBalancer = z.object({
  arn: z.string(),
  name: z.string(),
  load_balancer_type: z.string(),
  internal: z.optional(z.nullable(z.boolean())),
  ip_address_type: maybeText,
  security_groups: maybeTexts,
  subnets: texts,
  vpc_id: z.string(),
});

const listener = z.object({
  arn: z.string(),
  load_balancer_arn: z.string(),
  port: maybeNumber,
  protocol: maybeText,
  tcp_idle_timeout_seconds: maybeNumber,
  default_action: z.array(
    z.object({
      type: z.string(),
      target_group_arn: maybeText,
      forward: z.optional(z.nullable(z.array(z.object({ target_group: z.array(z.object({ arn: z.string() })) })))),
    }),
  ),
});

const targetGroup = z.object({
  arn: z.string(),
  name: z.string(),
  port: maybeNumber,
  protocol: maybeText,
  target_type: maybeText,
  vpc_id: maybeText,
  proxy_protocol_v2: flagText,
  deregistration_delay: numberText,
  health_check: z.optional(
    z.array(
      z.object({
        protocol: z.string(),
        port: z.string(),
        path: maybeText,
        matcher: maybeText,
        interval: z.number(),
        timeout: z.number(),
        healthy_threshold: z.number(),
        unhealthy_threshold: z.number(),
      }),
    ),
  ),
});

const attachment = z.object({
  target_group_arn: z.string(),
  target_id: z.string(),
  port: maybeNumber,
  availability_zone: maybeText,
});

const endpointService = z.object({
  id: z.string(),
  service_name: z.string(),
  network_load_balancer_arns: maybeTexts,
  allowed_principals: maybeTexts,
  acceptance_required: flagText,
  supported_ip_address_types: maybeTexts,
});

const allowedPrincipal = z.object({ vpc_endpoint_service_id: z.string(), principal_arn: z.string() });

const accepter = z.object({ vpc_endpoint_service_id: z.string(), vpc_endpoint_id: z.string() });

const securityGroup = z.object({ id: z.string(), name: z.string() });

const groupRule = z.object({
  security_group_id: z.string(),
  type: maybeText,
  protocol: maybeText,
  ip_protocol: maybeText,
  from_port: maybeNumber,
  to_port: maybeNumber,
});

const endpointRule = z.object({
  endpoint_service: maybeText,
  network_connectivity_config_id: z.string(),
  rule_id: z.string(),
});

const addressRecords = z.object({ host: z.string(), addrs: maybeTexts });

/** Terraform's types of each kind; AWS's older provider knew load balancers by another name too. */
const TYPES = {
  loadBalancer: { schema: loadBalancer, types: ['aws_lb', 'aws_alb'] },
  listener: { schema: listener, types: ['aws_lb_listener', 'aws_alb_listener'] },
  targetGroup: { schema: targetGroup, types: ['aws_lb_target_group', 'aws_alb_target_group'] },
  attachment: { schema: attachment, types: ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'] },
  endpointService: { schema: endpointService, types: ['aws_vpc_endpoint_service'] },
  allowedPrincipal: { schema: allowedPrincipal, types: ['aws_vpc_endpoint_service_allowed_principal'] },
  accepter: { schema: accepter, types: ['aws_vpc_endpoint_connection_accepter'] },
  securityGroup: { schema: securityGroup, types: ['aws_security_group'] },
  groupRule: {
    schema: groupRule,
    types: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  },
  endpointRule: { schema: endpointRule, types: ['databricks_mws_ncc_private_endpoint_rule'] },
  addressRecords: { schema: addressRecords, types: ['dns_a_record_set'], data: true },
} as const;

type Kind = keyof typeof TYPES;

/** A resource of a kind that matters here, with what is read of it. */
export interface Found<K extends Kind = Kind> {
  readonly resource: StateResource;
  readonly values: z.infer<(typeof TYPES)[K]['schema']>;
}

/** The resources of a state by kind, in the order of the state. */
export type ResourcesByType = { readonly [K in Kind]: readonly Found<K>[] };

/** Sorts the resources by kind. What has not the form of its type is refused (PLR9102), all at once. */
export function sortByType(resources: readonly StateResource[]): {
  readonly byType: ResourcesByType;
  readonly findings: readonly AdoptFinding[];
} {
  const findings: AdoptFinding[] = [];
  const ofKind = <K extends Kind>(kind: K): readonly Found<K>[] => {
    const row: { readonly schema: z.ZodMiniType; readonly types: readonly string[]; readonly data?: boolean } =
      TYPES[kind];
    return resources
      .filter(({ type, managed }) => row.types.includes(type) && managed !== (row.data === true))
      .flatMap((resource) => {
        const parsed = row.schema.safeParse(resource.values);
        if (parsed.success) return [{ resource, values: parsed.data as Found<K>['values'] }];
        findings.push(...parsed.error.issues.map((issue) => unknownForm(resource, issue)));
        return [];
      });
  };
  const byType: ResourcesByType = {
    loadBalancer: ofKind('loadBalancer'),
    listener: ofKind('listener'),
    targetGroup: ofKind('targetGroup'),
    attachment: ofKind('attachment'),
    endpointService: ofKind('endpointService'),
    allowedPrincipal: ofKind('allowedPrincipal'),
    accepter: ofKind('accepter'),
    securityGroup: ofKind('securityGroup'),
    groupRule: ofKind('groupRule'),
    endpointRule: ofKind('endpointRule'),
    addressRecords: ofKind('addressRecords'),
  };
  return { byType, findings };
}

function unknownForm({ address }: StateResource, { path, message }: z.core.$ZodIssue): AdoptFinding {
  return refused(
    'PLR9102',
    address,
    `${path.join('.')} of ${address} has not the form that the provider gives it: ${message}`,
    'Run `terraform apply -refresh-only` in the folder of the old configuration, with version 5 or 6 of the AWS provider, and write the state again.',
  );
}
