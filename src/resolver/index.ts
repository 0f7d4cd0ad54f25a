export { type ResolutionContext, resolutionFindings } from './findings';
export { type OutlookContext, type OutlookQuestion, outlookFindings, outlookQuestions } from './outlook';
export { type HostQuestion, hostQuery, resolvedAddresses } from './questions';
export {
  type HostQuery,
  type RefusedAddress,
  type Resolution,
  type ResolvedHost,
  resolutionKey,
  type ServerTrouble,
  type ServerTroubleKind,
  type Trouble,
  type UnresolvedHost,
} from './resolution';
export { DEFAULT_CONCURRENCY, type ResolveOptions, type ResolveProgress, resolveHosts } from './resolve-hosts';
