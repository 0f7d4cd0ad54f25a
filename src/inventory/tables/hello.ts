/** Whether clients of a protocol name their host in a TLS hello before anything else, which is what the route `sni` reads. */
export interface Hello {
  /** `at once`: wherever they use TLS. `direct`: only where a target says `tls: direct`. `never`: no version of it does. */
  readonly comes: 'at once' | 'direct' | 'never';
  /** What they do instead, unless it comes at once. For a sentence that begins with the clients. */
  readonly instead: string;
  /** `direct` only: who begins with TLS at once, and how. */
  readonly direct?: string;
}

/**
 * Where nothing else is known: TLS from the first byte. Db2 and SAP HANA are reached through proxies that read the name:
 * https://www.ibm.com/docs/SSQNUZ_latest/svc-bigsql/bigsql_connect.html (passthrough route) and
 * https://help.sap.com/doc/f1b440ded6144a54ada97ff95dac7adf/2.10/en-US/c8d62da2150c4b1ebb8f9460d2cfde74.html (SNI routing).
 * Of Teradata (TLS on its HTTPS port), Cassandra and Neo4j no source says no. All read 2026-11-30.
 */
export const HELLO: Hello = { comes: 'at once', instead: '' };

/** https://git.postgresql.org/pg/commitdiff/d39a49c1e459804831302807c724fa6512e90cf0, which is in PostgreSQL 17. */
export const POSTGRES_HELLO: Hello = {
  comes: 'direct',
  instead: 'ask the server for TLS in a message of their own, and begin with it after the answer',
  direct: 'servers from PostgreSQL 17 on, and clients with sslnegotiation=direct',
};

/** The protocol is that of PostgreSQL. Whether Redshift takes TLS at once, no source says. */
export const REDSHIFT_HELLO: Hello = {
  ...POSTGRES_HELLO,
  direct: 'a server that takes it so, and clients that begin so',
};

/**
 * Before TDS 8 the handshake is inside of TDS packets; since then TLS comes first:
 * https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-tds/b33d45ec-5c8b-4441-bf60-dce9880bd270
 */
export const TDS_HELLO: Hello = {
  comes: 'direct',
  instead: 'exchange a packet with the server (PRELOGIN) before TLS begins',
  direct: 'servers from SQL Server 2022 on (TDS 8), and clients with Encrypt=strict',
};

/** The server's packet is the first: https://dev.mysql.com/doc/dev/mysql-server/9.4.0/page_protocol_connection_phase.html */
export const MYSQL_HELLO: Hello = {
  comes: 'never',
  instead: 'wait for the greeting of the server, and begin with TLS after it',
};

/** https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/configuring-sni-tls-connections.html */
export const ORACLE_HELLO: Hello = {
  comes: 'never',
  instead:
    'name no host in their TLS hello: with USE_SNI they name the service of the database, and nothing without it',
};

export const PLAIN_HELLO: Hello = { comes: 'never', instead: 'send requests without TLS' };

export const SSH_HELLO: Hello = { comes: 'never', instead: 'speak SSH, which has no TLS and names no host' };
