import type { Limit } from '../model';

/** How much one state of Terraform takes quickly, as we measured it: nobody refuses more. */
export const TERRAFORM_LIMITS = [
  {
    id: 'terraform.targetsPerRouter',
    cloud: 'terraform',
    what: 'open targets of one router, which is one state of Terraform; with more, an apply of all takes longer than four minutes and a destroy longer than seven',
    value: 500,
    unit: 'targets',
    adjustable: true,
    source: 'docs/splitting.md',
    checked: '2026-11-21',
    enforcedBy: 'warning',
  },
] as const satisfies readonly Limit[];
