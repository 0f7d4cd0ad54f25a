export * from './aws';
export * from './azurerm';
export * from './databricks';
export * from './dns';
export * from './floors';
export * from './requirements';
