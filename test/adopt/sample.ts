/** A resource as a state holds it, in no format yet. */
export interface Item {
  readonly module?: string;
  readonly mode?: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key?: string | number;
  readonly tainted?: boolean;
  readonly deposed?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const LB_ARN =
  'arn:aws:elasticloadbalancing:us-east-2:123456789012:loadbalancer/net/shared-router-nlb/50dc6c495c0c9188';
const VPC = 'vpc-0a1b2c3d4e5f60718';
const SUBNETS = ['subnet-0b1c2d3e4f5061728', 'subnet-0a1b2c3d4e5f60718'];

/** An endpoint of the old list. */
export interface Endpoint {
  readonly id: string;
  readonly port: number;
  readonly name: string;
  readonly addresses: readonly string[];
}

export const ENDPOINTS: readonly Endpoint[] = [
  { id: 'mysql.corp.acme.com', port: 3306, name: 'mysql', addresses: ['10.0.1.10', '10.0.1.9'] },
  { id: 'pg.corp.acme.com', port: 5432, name: 'postgres', addresses: ['10.0.2.20'] },
];

export function groupArn(name: string): string {
  return `arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/shared-router-nlb-tg-${name}/73e2d6bc24d8a067`;
}

export function loadBalancer(over: Readonly<Record<string, unknown>> = {}, item: Partial<Item> = {}): Item {
  return {
    type: 'aws_lb',
    name: 'lb',
    ...item,
    values: {
      arn: LB_ARN,
      name: 'shared-router-nlb',
      load_balancer_type: 'network',
      internal: true,
      security_groups: ['sg-0123456789abcdef0'],
      subnets: SUBNETS,
      vpc_id: VPC,
      ...over,
    },
  };
}

export function targetGroup({ id, port, name }: Endpoint, over: Readonly<Record<string, unknown>> = {}): Item {
  return {
    type: 'aws_lb_target_group',
    name: 'target',
    key: id,
    values: {
      arn: groupArn(name),
      name: `shared-router-nlb-tg-${name}`,
      port,
      protocol: 'TCP',
      target_type: 'ip',
      vpc_id: VPC,
      proxy_protocol_v2: false,
      deregistration_delay: '300',
      health_check: [
        {
          protocol: 'TCP',
          port: 'traffic-port',
          path: '',
          matcher: '',
          interval: 30,
          timeout: 10,
          healthy_threshold: 3,
          unhealthy_threshold: 3,
        },
      ],
      ...over,
    },
  };
}

export function listener({ id, name }: Endpoint, port: number, over: Readonly<Record<string, unknown>> = {}): Item {
  return {
    type: 'aws_lb_listener',
    name: 'listener',
    key: id,
    values: {
      arn: `${LB_ARN.replace(':loadbalancer/', ':listener/')}/${port}`,
      load_balancer_arn: LB_ARN,
      port,
      protocol: 'TCP',
      tcp_idle_timeout_seconds: 350,
      default_action: [{ type: 'forward', target_group_arn: groupArn(name), forward: [] }],
      ...over,
    },
  };
}

export function attachments(
  { id, port, name, addresses }: Endpoint,
  over: Readonly<Record<string, unknown>> = {},
): Item[] {
  return addresses.map((address) => ({
    type: 'aws_lb_target_group_attachment',
    name: 'tga',
    key: `${id}-${address}`,
    values: { target_group_arn: groupArn(name), target_id: address, port, availability_zone: null, ...over },
  }));
}

export function records({ id, addresses }: Endpoint, over: Readonly<Record<string, unknown>> = {}): Item {
  return {
    mode: 'data',
    type: 'dns_a_record_set',
    name: 'endpoint',
    key: id,
    values: { host: id, addrs: [...addresses].reverse(), ...over },
  };
}

export const SERVICE: Item = {
  type: 'aws_vpc_endpoint_service',
  name: 'privatelink',
  values: {
    id: 'vpce-svc-0123456789abcdef0',
    service_name: 'com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0',
    network_load_balancer_arns: [LB_ARN],
    allowed_principals: [],
  },
};

export const GROUP: Item = {
  type: 'aws_security_group',
  name: 'nlb_ingress',
  values: { id: 'sg-0123456789abcdef0', name: 'shared-router-nlb', vpc_id: VPC },
};

export const GROUP_RULE: Item = {
  type: 'aws_security_group_rule',
  name: 'nlb_egress',
  values: { security_group_id: 'sg-0123456789abcdef0', type: 'egress', protocol: '-1', from_port: 0, to_port: 0 },
};

/** Everything of one endpoint, on this listener port. */
export function endpointItems(endpoint: Endpoint, port: number): Item[] {
  return [targetGroup(endpoint), listener(endpoint, port), ...attachments(endpoint), records(endpoint)];
}

/** The state of an old router, in no helpful order. */
export function oldRouter(endpoints: readonly Endpoint[] = ENDPOINTS): Item[] {
  return [
    ...endpoints.flatMap((endpoint, position) => endpointItems(endpoint, 10000 + position)).reverse(),
    GROUP,
    GROUP_RULE,
    SERVICE,
    loadBalancer(),
    { type: 'aws_s3_bucket', name: 'other', values: { arn: 'arn:aws:s3:::x' } },
  ];
}

/** The same items below a module. */
export function inModule(items: readonly Item[], module: string): Item[] {
  return items.map((item) => ({ ...item, module }));
}

function address({ module, mode = 'managed', type, name, key }: Item): string {
  const path = [...(module === undefined ? [] : [module]), ...(mode === 'data' ? ['data'] : []), type, name].join('.');
  return key === undefined ? path : `${path}[${JSON.stringify(key)}]`;
}

/** What `terraform show -json` prints of it. */
export function shown(items: readonly Item[]): string {
  const resource = (item: Item) => ({
    address: address(item),
    mode: item.mode ?? 'managed',
    type: item.type,
    name: item.name,
    ...(item.key === undefined ? {} : { index: item.key }),
    ...(item.tainted === true ? { tainted: true } : {}),
    ...(item.deposed === undefined ? {} : { deposed_key: item.deposed }),
    provider_name: 'registry.terraform.io/hashicorp/aws',
    schema_version: 0,
    values: item.values,
    sensitive_values: {},
  });
  const modules = [...new Set(items.flatMap(({ module }) => (module === undefined ? [] : [module])))];
  const values = {
    root_module: {
      resources: items.filter(({ module }) => module === undefined).map(resource),
      child_modules: modules.map((module) => ({
        address: module,
        resources: items.filter((item) => item.module === module).map(resource),
      })),
    },
  };
  return JSON.stringify({ format_version: '1.0', terraform_version: '1.11.4', values });
}

/** The state file of it. */
export function stateFile(items: readonly Item[]): string {
  const resources = items.map(({ module, mode = 'managed', type, name, key, tainted, deposed, values }) => ({
    ...(module === undefined ? {} : { module }),
    mode,
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [
      {
        ...(key === undefined ? {} : { index_key: key }),
        ...(tainted === true ? { status: 'tainted' } : {}),
        ...(deposed === undefined ? {} : { deposed }),
        schema_version: 0,
        attributes: values,
      },
    ],
  }));
  return JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 3, lineage: 'x', outputs: {}, resources });
}
