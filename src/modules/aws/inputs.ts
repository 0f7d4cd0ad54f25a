import { DEFAULT_BASE_PORT, NAME_FORM, REGION_FORM } from '../../inventory';
import { limitValue } from '../../limits';
import type { ModuleInput, ModuleValidation } from '../definition';
import { checkParts, checkTogether, checkType, MAX_PORT } from '../health-check';
import { domainRules } from '../host-problems';
import { outOfReach } from '../partitions';
import { firstProblem, matches, noProblems, type Rule, shown } from '../problems';
import { problemList, wholeRules, wordRules } from '../rules';
import { physicalNameRule } from './names';
import { tagValidations } from './tags';
import { TARGETS } from './target-input';

/** More than AWS grants; it only keeps a slip of the keyboard out. */
const STATED_MAX = 1_000_000;

const limit = (id: Parameters<typeof limitValue>[0]): number => limitValue(id, {});

/** A validation of one value. */
function one(...rules: readonly Rule[]): ModuleValidation {
  return noProblems(`[${firstProblem(rules)}]`);
}

/** A validation of a value that may be null. */
function given(name: string, ...rules: readonly Rule[]): ModuleValidation {
  return one({ when: `var.${name} == null`, say: '' }, ...rules);
}

function idRule(value: string, where: string, prefix: 'vpc' | 'subnet', what: string): Rule {
  return {
    when: `!can(regex("^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$", ${value}))`,
    say: `${where} is \${${value} == null ? "null" : ${shown(value)}}, which is not the id of a ${what}: ${prefix}- and 8 or 17 hexadecimal digits in lower case. Copy it from the AWS console.`,
  };
}

const PLACE: readonly ModuleInput[] = [
  {
    name: 'name',
    type: 'string',
    description:
      "The router's name: lower-case letters, digits and hyphens, a letter first, at most 63. Names and tags of everything carry it; another name makes another router.",
    inventory: 'routers.*',
    validations: [
      one({
        when: `!${matches(NAME_FORM, 'var.name')}`,
        say: `name is \${${shown('var.name')}}; lower-case letters, digits and hyphens are allowed, a letter first, at most 63 characters. Rename the router.`,
      }),
    ],
  },
  {
    name: 'region',
    type: 'string',
    description:
      'The AWS region of router, VPC and network connectivity configuration; the aws provider has to work in it.',
    inventory: 'routers.*.aws.region',
    validations: [
      one(
        {
          when: `!${matches(REGION_FORM, 'var.region')}`,
          say: `region is \${${shown('var.region')}}, which is not the name of a region of AWS. Write a region such as us-east-2.`,
        },
        outOfReach('var.region', 'region'),
      ),
    ],
  },
  {
    name: 'vpc_id',
    type: 'string',
    description: 'The VPC of the load balancer.',
    inventory: 'routers.*.aws.vpcId',
    validations: [one(idRule('var.vpc_id', 'vpc_id', 'vpc', 'VPC'))],
  },
  {
    name: 'subnet_ids',
    type: 'list(string)',
    description:
      'The subnets of the load balancer, one in each of two or more zones. One subnet is taken without a warning, which Terraform 1.3 has no way to give, and the router falls with its zone. How many there are has to be known while Terraform plans; the ids need not.',
    inventory: 'routers.*.aws.subnetIds',
    validations: [
      one({
        when: 'length(var.subnet_ids) == 0',
        say: 'subnet_ids is empty. Name a subnet in each of two or three zones.',
      }),
      noProblems(
        `[for i, item in var.subnet_ids : ${firstProblem([
          idRule('item', 'subnet_ids[${i}]', 'subnet', 'subnet'),
          {
            when: 'try(index(var.subnet_ids, item) < i, false)',
            say: `subnet_ids[\${i}] is \${${shown('item')}} again. Remove one of the two.`,
          },
        ])}]`,
      ),
    ],
  },
  {
    name: 'govcloud',
    type: 'string',
    description: 'Which Databricks of GovCloud, civilian or dod; us-gov regions only.',
    inventory: 'routers.*.aws.govcloud',
    default: null,
    nullable: true,
    validations: [one(...wordRules('var.govcloud', 'govcloud', ['civilian', 'dod']))],
  },
];

const ROUTER: readonly ModuleInput[] = [
  {
    name: 'base_port',
    type: 'number',
    description:
      'The listener port of the first target in the list; the next one has the next port, and so on. 1 to 65535.',
    inventory: 'routers.*.basePort',
    default: DEFAULT_BASE_PORT,
    validations: [one(...wholeRules('var.base_port', 'base_port', 1, MAX_PORT))],
  },
  {
    name: 'domains',
    type: 'object({\n  shared = optional(string)\n})',
    description:
      'shared: one name for all targets that have no domain of their own; clients that verify certificates need it in the certificate of every target. By default each target has its own.',
    inventory: 'routers.*.domains',
    default: {},
    validations: [
      one({ when: 'var.domains.shared == null', say: '' }, ...domainRules('var.domains.shared', 'domains.shared')),
    ],
  },
  {
    name: 'approval',
    type: 'string',
    description:
      'Who accepts the private endpoint: terraform (this module; private_endpoint_id says which) or manual (a person, with approval_command).',
    inventory: 'routers.*.approval',
    default: 'terraform',
    validations: [one(...wordRules('var.approval', 'approval', ['terraform', 'manual']))],
  },
  {
    name: 'private_endpoint_id',
    type: 'string',
    description:
      'The VPC endpoint that Databricks made for this service, vpce-…: the private_endpoint_id of the module that makes Databricks\' rule. Needed with approval = "terraform"; no other endpoint is accepted.',
    own: 'A stack makes the private endpoint rule itself; here another module does, and this is the wire between the two.',
    default: null,
    nullable: true,
  },
  {
    name: 'deletion_protection',
    type: 'bool',
    description: 'Guards the load balancer against deletion. Set it to false and apply before you destroy.',
    inventory: 'routers.*.deletionProtection',
    default: true,
  },
  {
    name: 'idle_timeout',
    type: 'number',
    description: `Seconds after which a connection without a byte is cut, ${limit('aws.idleTimeoutMin')} to ${limit('aws.idleTimeoutMax')}, for targets that have none of their own. Default: the preset, or 350; keep-alives have to come sooner than every 350 seconds whatever this says.`,
    inventory: 'routers.*.idleTimeout',
    default: null,
    nullable: true,
    validations: [
      one(...wholeRules('var.idle_timeout', 'idle_timeout', limit('aws.idleTimeoutMin'), limit('aws.idleTimeoutMax'))),
    ],
  },
  {
    name: 'drain',
    type: 'number',
    description: `Seconds that open sessions of a removed or disabled target may go on, and those to an address that has left its target, 0 to ${limit('aws.deregistrationDelayMax')}, for targets that have none of their own. Default: the preset, or 10.`,
    inventory: 'routers.*.drain',
    default: null,
    nullable: true,
    validations: [one(...wholeRules('var.drain', 'drain', 0, limit('aws.deregistrationDelayMax')))],
  },
  {
    name: 'deregistration_delay',
    type: 'number',
    description: 'The former name of drain, which is still read. Only one of the two may be given.',
    inventory: 'routers.*.deregistrationDelay',
    default: null,
    nullable: true,
    validations: [
      one(...wholeRules('var.deregistration_delay', 'deregistration_delay', 0, limit('aws.deregistrationDelayMax'))),
    ],
  },
  {
    name: 'health_check',
    type: checkType('aws'),
    description:
      "How the load balancer finds out whether an address of a target answers, for targets that do not say it themselves. protocol TCP (default), HTTP or HTTPS; port, by default the target's own; path and matcher for HTTP and HTTPS; interval 10, timeout 5 (seconds), thresholds 3, unless the preset knows better.",
    inventory: 'routers.*.healthCheck',
    default: {},
    validations: [
      noProblems(problemList(checkParts('aws', 'var.health_check', 'health_check'))),
      noProblems(problemList(checkTogether('aws', 'var.health_check', 'null', 'health_check'))),
    ],
  },
  {
    name: 'tags',
    type: 'map(string)',
    description:
      'Tags of every resource. Name and managed-by may be replaced; keys that begin with privatelink-router: are ours.',
    inventory: 'routers.*.tags',
    default: {},
    validations: tagValidations(),
  },
  {
    name: 'limits',
    type: `object({
  rules_per_security_group  = optional(number, ${limit('aws.rulesPerSecurityGroup')})
  targets_per_load_balancer = optional(number, ${limit('aws.targetsPerLoadBalancer')})
  regions                   = optional(list(string), [])
})`,
    description:
      'What AWS has raised for your account: outbound rules of a security group, addresses behind a load balancer. regions: ones that this version does not know yet.',
    inventory: 'routers.*.limits',
    default: {},
    validations: [
      one(
        ...wholeRules('var.limits.rules_per_security_group', 'limits.rules_per_security_group', 1, STATED_MAX),
        ...wholeRules('var.limits.targets_per_load_balancer', 'limits.targets_per_load_balancer', 1, STATED_MAX),
      ),
    ],
  },
];

const TAKEN_OVER: readonly ModuleInput[] = [
  {
    name: 'load_balancer_name',
    type: 'string',
    description:
      'The name of a load balancer that was taken over; another name replaces it. Default: made of name and vpc_id.',
    own: 'What stood before is taken over under its own name; the lock of an inventory keeps such names.',
    default: null,
    nullable: true,
    validations: [
      given('load_balancer_name', physicalNameRule('var.load_balancer_name', 'load_balancer_name'), {
        when: 'startswith(lower(var.load_balancer_name), "internal-")',
        say: `load_balancer_name is \${${shown('var.load_balancer_name')}}; AWS keeps the beginning internal- for itself. Write the name that stands in AWS.`,
      }),
    ],
  },
  {
    name: 'security_group_name',
    type: 'string',
    description:
      "The name of the load balancer's security group that was taken over; another name replaces it. Default: made of name and vpc_id.",
    own: 'What stood before is taken over under its own name; the lock of an inventory keeps such names.',
    default: null,
    nullable: true,
    validations: [
      given('security_group_name', {
        when: `!can(regex("^[a-zA-Z0-9 ._:/()#,@\\\\[\\\\]+=&;{}!$*-]+$", var.security_group_name)) || length(var.security_group_name) > ${limit('aws.securityGroupNameLength')} || startswith(var.security_group_name, "sg-")`,
        say: `security_group_name is \${${shown('var.security_group_name')}}; at most ${limit('aws.securityGroupNameLength')} letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are allowed, and no sg- at the beginning. Write the name that stands in AWS.`,
      }),
    ],
  },
];

/** The inputs of the module, in the order in which people meet them. */
export const AWS_INPUTS: readonly ModuleInput[] = [...PLACE, TARGETS, ...ROUTER, ...TAKEN_OVER];
