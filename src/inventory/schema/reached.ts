import * as z from 'zod/mini';
import { hostForm } from '../values/forms';
import { list, text } from './field';

/** What a target leads to: one host, or several. */
export const reached = {
  host: z.optional(
    text(
      {
        description: 'The fully qualified name of the target, or its private IPv4 address.',
        examples: ['orders.cluster-c1.us-east-2.rds.amazonaws.com'],
      },
      hostForm,
    ),
  ),
  hosts: z.optional(
    list(
      {
        description:
          'In place of host: two or more that share the sessions of the target, all on its port; names and addresses, in any order. The target then needs a domain. On Azure with the engine haproxy only.',
      },
      text(
        {
          description: 'A fully qualified name, or a private IPv4 address.',
          examples: ['ldap1.corp.example.com'],
        },
        hostForm,
      ),
    ),
  ),
  backup: z.optional(
    list(
      {
        description:
          'Hosts that are kept back until none of the others answers, on the same port: the first of them that answers then gets all sessions. On Azure only, with the engine haproxy.',
      },
      text(
        {
          description: 'A fully qualified name, or a private IPv4 address.',
          examples: ['ldap3.corp.example.com'],
        },
        hostForm,
      ),
    ),
  ),
};

/** A target has a host, or hosts: where both are missing, `host` is told to be, as any key that is needed. */
export const reachesSomething = z.check<{ readonly host?: unknown; readonly hosts?: unknown }>(({ value, issues }) => {
  if (value.host !== undefined || value.hosts !== undefined) return;
  issues.push({ code: 'invalid_type', expected: 'string', path: ['host'], input: undefined });
});
// Also where another key is wrong: all mistakes are told at once.
reachesSomething._zod.def.when = ({ value }) => typeof value === 'object' && value !== null;
