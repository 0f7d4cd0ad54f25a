export * from './azure-ports';
export * from './diagnostic';
export * from './inventory';
export * from './limit';
export * from './lock';
export * from './merge-conflicts';
export * from './order';
export * from './plan';
