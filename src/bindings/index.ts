export * from './aws';
export * from './databricks';
export * from './dns';
export * from './requirements';
