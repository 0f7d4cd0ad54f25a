import type { PlanChange } from '../../src/model';

/** A change of the router `analytics` of AWS, with everything that a test does not look at filled in. */
export function change(more: Partial<PlanChange>): PlanChange {
  return {
    router: 'analytics',
    cloud: 'aws',
    about: 'router',
    change: 'changed',
    clients: 'nothing',
    what: 'tags',
    from: {},
    to: {},
    ...more,
  };
}

/** The same of a target that clients dial on port 10000. */
export const target = (name: string, more: Partial<PlanChange>): PlanChange =>
  change({ about: 'target', target: name, listenerPort: 10_000, ...more });
