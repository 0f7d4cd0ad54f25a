export { renderLimitsMarkdown } from './markdown';
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
