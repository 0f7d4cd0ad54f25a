import type { HealthCheck } from '../../model';
import {
  HELLO,
  type Hello,
  MYSQL_HELLO,
  ORACLE_HELLO,
  PLAIN_HELLO,
  POSTGRES_HELLO,
  REDSHIFT_HELLO,
  SSH_HELLO,
  TDS_HELLO,
} from './hello';

/** What a preset knows of a protocol. Times in whole seconds. */
export interface Preset {
  /** The port that the protocol's servers listen on unless told otherwise. */
  readonly port: number;
  readonly healthCheck: HealthCheck;
  /** On AWS: of the load balancer's listener. */
  readonly idleTimeout: number;
  /** On Azure: of the forwarder, which keeps quiet sessions open by keep-alives. */
  readonly forwarderIdleTimeout: number;
  /** Of sessions that lose their target or its address, on either cloud. */
  readonly drain: number;
  /**
   * The time between two signs of life of an idle session, as servers or drivers send them unless told otherwise; 7200 is
   * the operating system's own. A listener that forgets sessions sooner cuts them.
   */
  readonly keepAlive: number;
  /** Whether the route `sni` finds a name to choose by. */
  readonly hello: Hello;
  /** True where clients may send HTTP requests without TLS, which the route `http` reads. */
  readonly plainHttp: boolean;
  /** What becomes of TLS: the router passes bytes on and opens nothing. For the documentation. */
  readonly tls: string;
  /** What the user has to know about the protocol, where clients do more than dial one host and port. */
  readonly warning?: string;
  /** What holds for some servers of the protocol only, by how they are set up; for the documentation. */
  readonly mind?: string;
}

/** A TCP connection is made and closed; failed after three in a row, which takes half a minute. */
export const PLAIN_CHECK: HealthCheck = {
  protocol: 'TCP',
  interval: 10,
  timeout: 5,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};

/** MySQL counts a connection without a handshake as an aborted one: asked less often, it takes longer to fill the counter. */
const SPARING_CHECK: HealthCheck = { ...PLAIN_CHECK, interval: 30, timeout: 10 };

/** The time that the interface endpoint in front allows; a longer one here would keep sessions that have no client any more. */
const IDLE = 350;

/** A session of a pool or of a person who is at lunch: no byte for two hours, and it lives. */
const DATABASE_PAUSE = 7200;
/** Connections for requests and answers are made anew in no time. */
const WEB_PAUSE = 600;

/** Short, so that after a failover no writer stays on the old address. */
const DATABASE_DRAIN = 10;
const WEB_DRAIN = 60;

const OS_KEEP_ALIVE = 7200;

const database = {
  healthCheck: PLAIN_CHECK,
  idleTimeout: IDLE,
  forwarderIdleTimeout: DATABASE_PAUSE,
  drain: DATABASE_DRAIN,
  hello: HELLO,
  plainHttp: false,
} as const;
const mysql = { ...database, healthCheck: SPARING_CHECK, hello: MYSQL_HELLO } as const;
const web = {
  healthCheck: PLAIN_CHECK,
  idleTimeout: IDLE,
  forwarderIdleTimeout: WEB_PAUSE,
  drain: WEB_DRAIN,
  hello: HELLO,
  plainHttp: false,
} as const;

const PASSED = 'passed through to the server; its certificate has to bear the domain where clients verify it';
const STARTTLS = 'begun inside the protocol, passed through; with verify-full the certificate has to bear the domain';

/** What targets without a preset get; of their protocol nobody knows anything. */
export const NO_PRESET = { ...database, plainHttp: true } as const;

/** The presets by name, each with the defaults of its protocol. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map<string, Preset>([
  ['postgres', { ...database, hello: POSTGRES_HELLO, port: 5432, keepAlive: OS_KEEP_ALIVE, tls: STARTTLS }],
  ['redshift', { ...database, hello: REDSHIFT_HELLO, port: 5439, keepAlive: OS_KEEP_ALIVE, tls: STARTTLS }],
  ['mysql', { ...mysql, port: 3306, keepAlive: OS_KEEP_ALIVE, tls: STARTTLS }],
  ['mariadb', { ...mysql, port: 3306, keepAlive: OS_KEEP_ALIVE, tls: STARTTLS }],
  [
    'sqlserver',
    {
      ...database,
      hello: TDS_HELLO,
      port: 1433,
      keepAlive: 30,
      tls: `${STARTTLS} (or as hostNameInCertificate)`,
      mind: 'A named instance is asked for by UDP 1434, which a router does not pass: give the instance a fixed port and dial that (host,port). Read-only routing of an availability group (ApplicationIntent=ReadOnly) sends clients to the routing URL of a replica: each replica has to be a target with that name and port, or clients dial the replica. Azure SQL with the connection policy Redirect sends clients to the node that holds the database, on ports 11000 to 11999: set the policy to Proxy.',
    },
  ],
  [
    'oracle',
    {
      ...database,
      hello: ORACLE_HELLO,
      port: 1521,
      keepAlive: 600,
      tls: 'passed through (TCPS, usually port 2484)',
      warning:
        'Oracle SCAN and RAC listeners redirect clients to the virtual hosts of the nodes: each of them has to be a target with its own name and port.',
    },
  ],
  [
    'db2',
    {
      ...database,
      port: 50000,
      keepAlive: OS_KEEP_ALIVE,
      tls: PASSED,
      mind: 'A server with an alternate server (automatic client reroute, HADR, pureScale) tells it to clients, which go there after a failure: make a target of it, whose domain and listener port are the ones that the server tells.',
    },
  ],
  [
    'saphana',
    {
      ...database,
      port: 30015,
      keepAlive: OS_KEEP_ALIVE,
      tls: PASSED,
      mind: "Clients that dial the system database with databaseName are sent on to the tenant's own host and port: dial the SQL port of the tenant itself, without databaseName. A system of several hosts tells clients all of them: each has to be a target with that name and port.",
    },
  ],
  ['teradata', { ...database, port: 1025, keepAlive: OS_KEEP_ALIVE, tls: PASSED }],
  [
    'mongodb',
    {
      ...database,
      port: 27017,
      keepAlive: 120,
      tls: PASSED,
      warning:
        'A MongoDB replica set tells clients the hosts of its members: each of them has to be a target with its own name and port, or clients connect with directConnection=true.',
    },
  ],
  [
    'cassandra',
    {
      ...database,
      port: 9042,
      keepAlive: 30,
      tls: PASSED,
      warning:
        'Cassandra drivers connect to every node of the ring that they are told of: each node has to be a target with its own name.',
    },
  ],
  [
    'neo4j',
    {
      ...database,
      port: 7687,
      keepAlive: OS_KEEP_ALIVE,
      tls: PASSED,
      warning:
        'A Neo4j cluster redirects clients to the advertised hosts of its members: each of them has to be a target, or clients use bolt:// instead of neo4j://.',
    },
  ],
  [
    'redis',
    {
      ...database,
      port: 6379,
      keepAlive: 300,
      tls: PASSED,
      warning:
        'Redis in cluster mode redirects clients (MOVED) to its nodes: each node has to be a target with its own name and port.',
    },
  ],
  [
    'kafka',
    {
      ...database,
      port: 9092,
      keepAlive: OS_KEEP_ALIVE,
      tls: PASSED,
      warning:
        'Kafka brokers redirect clients to their advertised listeners (on MSK custom.advertised.listeners): each broker has to be a target whose domain and listener port are the advertised ones, such as 9000 + broker id.',
    },
  ],
  [
    'elasticsearch',
    {
      ...web,
      plainHttp: true,
      port: 9200,
      keepAlive: 60,
      tls: PASSED,
      warning: 'Clients must not sniff: they would be told the addresses of the nodes.',
    },
  ],
  [
    'snowflake',
    {
      ...web,
      port: 443,
      keepAlive: 60,
      tls: PASSED,
      warning:
        'Snowflake clients also reach the OCSP cache and the stage (SYSTEM$GET_PRIVATELINK_CONFIG lists the hosts): each of them has to be a target.',
    },
  ],
  ['https', { ...web, port: 443, keepAlive: 60, tls: PASSED }],
  ['http', { ...web, hello: PLAIN_HELLO, plainHttp: true, port: 80, keepAlive: 60, tls: 'none' }],
  ['ldaps', { ...web, port: 636, keepAlive: OS_KEEP_ALIVE, tls: PASSED }],
  ['sftp', { ...web, hello: SSH_HELLO, port: 22, keepAlive: OS_KEEP_ALIVE, tls: 'none: SSH has its own' }],
]);
