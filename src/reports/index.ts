export { changeLine, countChanges, describeChange, sizeLine } from './changes';
export { type Connection, connections } from './connections';
export { diagnosticsSummary, renderDiagnostics, type SourceLine } from './diagnostics-text';
export { renderErrorsMarkdown } from './errors-markdown';
export { renderHosts } from './hosts-text';
export { renderNextSteps } from './next-steps';
export { renderPlan } from './plan-text';
export { makeStyle, PLAIN, type Style } from './style';
export { count, printable, shortList } from './words';
