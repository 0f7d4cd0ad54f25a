export { addressKey, hostsToResolve } from './addresses';
export { principalOf } from './aws/principals';
export { mergeLocks } from './merge';
export { moveTargets } from './move';
export { HASH_LENGTH } from './names';
export { type PlanningResult, planRouting } from './plan';
export { type PublicPlan, toPublicPlan } from './public-plan';
export { planJsonSchema } from './public-plan-schema';
export { type LockEdit, releasePort } from './release';
