import { PRESETS } from './presets';

/**
 * What people call protocols, products and services, by the preset that serves them: its port and times are theirs. Where
 * one word means several, all are named. Letter case and what is neither letter nor digit count for nothing. An alias is
 * still an error, so that an inventory says one thing in one way.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  postgres: [
    'pg',
    'psql',
    'pgsql',
    'postgre',
    'postgresql',
    'pgbouncer',
    'timescale',
    'timescaledb',
    'greenplum',
    'alloydb',
    'aurorapostgres',
    'aurorapostgresql',
    'azurepostgres',
    'azurepostgresql',
  ],
  redshift: ['amazonredshift', 'awsredshift'],
  mysql: ['percona', 'singlestore', 'memsql', 'auroramysql', 'azuremysql'],
  mariadb: ['maria'],
  sqlserver: [
    'mssql',
    'mssqlserver',
    'microsoftsqlserver',
    'microsoftsql',
    'sqlsrv',
    'tds',
    'tsql',
    'azuresql',
    'azuresqldb',
    'sqlmi',
    'sqlmanagedinstance',
    'synapse',
  ],
  oracle: ['ora', 'oracledb', 'oracledatabase', 'oraclerac', 'sqlnet', 'tns', 'exadata'],
  db2: ['ibmdb2', 'ibm', 'db2luw', 'udb'],
  saphana: ['hana', 'hanadb', 'hdb', 'saphanadb'],
  teradata: ['teradatavantage', 'vantage'],
  mongodb: ['mongo', 'mongodbatlas', 'atlas', 'documentdb', 'docdb'],
  cassandra: ['scylla', 'scylladb', 'datastax', 'cql'],
  neo4j: ['bolt', 'memgraph'],
  redis: ['valkey', 'elasticache', 'memorydb', 'keydb', 'rediscluster'],
  kafka: ['msk', 'amazonmsk', 'confluent', 'redpanda'],
  elasticsearch: ['elastic', 'es', 'elk'],
  https: ['rest', 'restapi', 'api', 'web'],
  sftp: ['ssh', 'scp'],
};

/** Words that say too little: each preset that may be meant, the likeliest first. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  aurora: ['postgres', 'mysql'],
  rds: ['postgres', 'mysql', 'mariadb', 'sqlserver', 'oracle', 'db2'],
  cloudsql: ['postgres', 'mysql', 'sqlserver'],
  opensearch: ['elasticsearch', 'https'],
  sql: ['sqlserver', 'postgres', 'mysql'],
};

/** The aliases, folded, with the presets that they mean. */
export const PRESET_ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(ALIASES).flatMap(([preset, words]) => words.map((word) => [word, [preset]] as const)),
  ...Object.entries(SEVERAL),
]);

/** The presets that a word of people means: one for most, several for a word that says too little, none for others. */
export function presetsMeant(word: string): readonly string[] {
  const plain = word.toLowerCase().replace(/[^a-z\d]/g, '');
  const own = [...PRESETS.keys()].filter((name) => name === plain);
  return own.length > 0 ? own : (PRESET_ALIASES.get(plain) ?? []);
}
