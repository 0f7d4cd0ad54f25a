export { machinesMonth, rulesMonth } from './load-balancer';
export { renderPricesMarkdown } from './markdown';
export { PRICES } from './table';
