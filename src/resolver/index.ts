export { resolutionFindings } from './findings';
export { outlookFindings, outlookQuestions } from './outlook';
export { type HostQuestion, hostQuery, resolvedAddresses } from './questions';
export { type HostQuery, type Resolution, resolutionKey, type Trouble } from './resolution';
export { DEFAULT_CONCURRENCY, type ResolveOptions, type ResolveProgress, resolveHosts } from './resolve-hosts';
