import { REGION_FORM } from '../../inventory';
import { NAME_FORM } from '../../model';
import type { ModuleInput } from '../definition';
import { outOfReach } from '../partitions';
import { firstProblem, matches, noProblems, type Rule, shown } from '../problems';
import { wordRules } from '../rules';
import { one } from './validation';

function idRule(value: string, where: string, prefix: 'vpc' | 'subnet', what: string): Rule {
  return {
    when: `!can(regex("^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$", ${value}))`,
    say: `${where} is \${${value} == null ? "null" : ${shown(value)}}, which is not the id of a ${what}: ${prefix}- and 8 or 17 hexadecimal digits in lower case. Copy it from the AWS console.`,
  };
}

/** Which router it is, and where it stands. */
export const PLACE: readonly ModuleInput[] = [
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
