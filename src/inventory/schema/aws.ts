import * as z from 'zod/mini';
import { accountIdForm, resourceIdForm, roleArnForm, textForm } from '../values/forms';
import { DOCS, list, text, word } from './field';

export const awsSchema = z
  .strictObject({
    accountId: text(
      {
        description: 'The AWS account, 12 digits in quotes. Terraform refuses to work in another.',
        pattern: '^\\d{12}$',
      },
      accountIdForm,
    ),
    region: text({ description: 'The AWS region of router, VPC and NCC.', examples: ['us-east-2'] }),
    vpcId: text({ description: 'The VPC of the load balancers.' }, resourceIdForm('vpc', 'VPC')),
    subnetIds: list(
      { description: 'The subnets of the load balancers, one in each of two or more zones.' },
      text({ description: 'The id of a subnet.' }, resourceIdForm('subnet', 'subnet')),
    ),
    govcloud: z.optional(
      word({ description: 'Which Databricks of GovCloud; us-gov regions only.' }, ['civilian', 'dod']),
    ),
    profile: z.optional(
      text(
        { description: 'The profile of the AWS configuration that Terraform uses. Not together with assumeRole.' },
        textForm('the name of a profile', /^[\w .@+=,/:-]+$/, 'letters, digits and . @ + = , / : _ -', 1, 128),
      ),
    ),
    assumeRole: z.optional(
      z
        .strictObject({
          roleArn: text({ description: 'The ARN of the role, of the same account.' }, roleArnForm),
          sessionName: z.optional(
            text(
              { description: 'The name of the session, for the audit log.' },
              textForm('the name of a session', /^[\w+=,.@-]+$/, 'letters, digits and _ + = , . @ -', 2, 64),
            ),
          ),
          externalId: z.optional(
            text(
              { description: 'The external id that the role asks for.' },
              textForm('an external id', /^[\w+=,.@:/-]+$/, 'letters, digits and _ + = , . @ : / -', 2, 1224),
            ),
          ),
        })
        .register(DOCS, { description: 'The role that Terraform assumes. Not together with profile.' }),
    ),
  })
  .register(DOCS, { description: 'Where the router stands in AWS.' });
