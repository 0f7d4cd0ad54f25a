export { resolutionFindings } from './findings';
export { previewFindings, previewQuestions } from './lookup-preview';
export { type HostQuestion, hostQuery, resolvedAddresses } from './questions';
export { type HostQuery, type Resolution, type ResolutionFailure, resolutionKey } from './resolution';
export { DEFAULT_CONCURRENCY, type ResolveOptions, type ResolveProgress, resolveHosts } from './resolve-hosts';
