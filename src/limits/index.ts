export { type MachineSize, machineSize, sizesWith } from './machine-sizes';
export { renderLimitsMarkdown } from './markdown';
export {
  type AwsDatabricks,
  COMMERCIAL_REGION,
  databricksOf,
  PARTITIONS,
  partitionOf,
} from './partitions';
export {
  LIMITS,
  type LimitId,
  limit,
  limitValue,
  RAISE_KEYS,
  raiseKey,
  USED_KEYS,
  usedValue,
} from './table';
