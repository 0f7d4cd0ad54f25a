export * from './aws';
export * from './azurerm';
export * from './databricks';
export * from './dns';
export * from './requirements';
