export { addressKey, type HostToResolve, hostsToResolve, type Resolutions } from './addresses';
export { moveTargets } from './move';
export { type PlanningInput, type PlanningResult, planRouting } from './plan';
export { type PublicPlan, toPublicPlan } from './public-plan';
export { type LockEdit, releasePort } from './release';
