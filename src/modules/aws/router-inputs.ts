import { DEFAULT_BASE_PORT } from '../../inventory';
import { limitValue } from '../../limits';
import { HIGHEST_PORT } from '../../model';
import type { ModuleInput } from '../definition';
import { hclObjectType } from '../hcl';
import { checkParts, checkTogether, checkType } from '../health-check';
import { domainRules } from '../host-problems';
import { noProblems } from '../problems';
import { problemList, wholeRules, wordRules } from '../rules';
import { tagValidations } from './tags';
import { one } from './validation';

/** More than AWS grants; it only keeps a slip of the keyboard out. */
const STATED_MAX = 1_000_000;

const limit = (id: Parameters<typeof limitValue>[0]): number => limitValue(id, {});

/** How the router works, and defaults of its targets. */
export const ROUTER: readonly ModuleInput[] = [
  {
    name: 'base_port',
    type: 'number',
    description: `The listener port of the first target in the list; the next one has the next port, and so on. 1 to ${HIGHEST_PORT}.`,
    inventory: 'routers.*.basePort',
    default: DEFAULT_BASE_PORT,
    validations: [one(...wholeRules('var.base_port', 'base_port', 1, HIGHEST_PORT))],
  },
  {
    name: 'domains',
    type: hclObjectType({ shared: 'optional(string)' }),
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
    type: hclObjectType({
      rules_per_security_group: `optional(number, ${limit('aws.rulesPerSecurityGroup')})`,
      targets_per_load_balancer: `optional(number, ${limit('aws.targetsPerLoadBalancer')})`,
      regions: 'optional(list(string), [])',
    }),
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
