import { limitValue } from '../../limits';
import type { ModuleInput, ModuleValidation } from '../definition';
import { type Rule, shown } from '../problems';
import { physicalNameRule } from './names';
import { PLACE } from './place-inputs';
import { ROUTER } from './router-inputs';
import { TARGETS } from './target-input';
import { one } from './validation';

const limit = (id: Parameters<typeof limitValue>[0]): number => limitValue(id, {});

/** A validation of a value that may be null. */
function given(name: string, ...rules: readonly Rule[]): ModuleValidation {
  return one({ when: `var.${name} == null`, say: '' }, ...rules);
}

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
