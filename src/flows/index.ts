export type { Admission } from './admission';
export {
  type ForeignAdmission,
  foreignGroupAdmissions,
  type GroupAdmission,
  targetGroupAdmissions,
} from './aws/target-security-groups';
export { FORWARDER_RULES, type ForwarderRule, type PlannedPorts, type RulePeer } from './azure/forwarder-rules';
export { connectionsOf, type TargetConnection } from './connections';
export { flowsOf } from './flows';
export type { Flow, Hop } from './hop';
