import { type ChildProcess, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ended, Processes } from '../../terraform/support/processes';
import type { Namespace } from './namespace';
import { until } from './until';

const FOLDER = '/usr/lib/postgresql';
const PASSWORD = 'a password of the tests';
const USER = 'postgres';

/** Where Debian puts the server's programs, the newest version; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  try {
    const newest = readdirSync(FOLDER).sort((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? undefined : join(FOLDER, newest, 'bin');
  } catch {
    return undefined;
  }
}

function openssl(args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')} ended with ${status}\n${stderr}`);
}

/** A certificate authority of the tests, and a server certificate for one name. */
function makeCertificates(folder: string, name: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl(['req', '-x509', ...key, '-subj', '/CN=tests', '-keyout', 'ca.key', '-out', 'ca.crt'], folder);
  openssl(['req', ...key, '-subj', '/CN=server', '-keyout', 'server.key', '-out', 'server.csr'], folder);
  writeFileSync(join(folder, 'names.cnf'), `subjectAltName=DNS:${name}\n`);
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names.cnf'];
  openssl(['x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.crt'], folder);
}

/** Servers of PostgreSQL that take encrypted sessions only, all with a certificate for one name, and their clients. */
export class Postgres {
  private readonly authority: string;

  private constructor(
    private readonly processes: Processes,
    private readonly folder: string,
    private readonly programs: string,
    private readonly name: string,
  ) {
    this.authority = join(folder, 'ca.crt');
  }

  /** The files of the servers' certificate and its key. */
  public get certificate(): { readonly certificate: string; readonly key: string } {
    return { certificate: join(this.folder, 'server.crt'), key: join(this.folder, 'server.key') };
  }

  /** Prepares an empty cluster; `serve` starts copies of it. */
  public static async prepare(processes: Processes, parent: string, name: string): Promise<Postgres> {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error('PostgreSQL is not installed');
    const folder = join(parent, 'postgres');
    mkdirSync(folder);
    makeCertificates(folder, name);
    writeFileSync(join(folder, 'password'), PASSWORD);
    chmodSync(parent, 0o755);
    const postgres = new Postgres(processes, folder, programs, name);
    await postgres.must(['chown', '-R', `${USER}:`, folder]);
    await postgres.must([
      ...postgres.asUser('initdb'),
      ...['--no-sync', '--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`, '-D', join(folder, 'template')],
    ]);
    return postgres;
  }

  /** Starts a server on a host; it says of itself which host it is. */
  public async serve(namespace: Namespace, host: string, port = 5432): Promise<void> {
    const data = join(this.folder, host);
    await this.must(['cp', '-a', join(this.folder, 'template'), data]);
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 0.0.0.0/0 scram-sha-256\nlocal all all trust\n');
    const settings = {
      listen_addresses: '0.0.0.0',
      port: String(port),
      unix_socket_directories: data,
      ssl: 'on',
      ssl_cert_file: join(this.folder, 'server.crt'),
      ssl_key_file: join(this.folder, 'server.key'),
      cluster_name: host,
      fsync: 'off',
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const server = namespace.start([...this.asUser('postgres'), '-D', data, ...flags]);
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    const ready = [join(this.programs, 'pg_isready'), '-h', data, '-p', String(port)];
    await until(
      () => `PostgreSQL on ${host}\n${log}`,
      async () => (await namespace.run(ready)).code === 0,
    );
  }

  /** One statement in a session of its own, with the server's certificate fully checked. */
  public query(namespace: Namespace, at: PostgresAddress, statement: string): Promise<Ended> {
    return namespace.run([...this.client(at), '-c', statement], { env: this.environment(at.name) });
  }

  /** A session that stays. */
  public session(namespace: Namespace, at: PostgresAddress): PostgresSession {
    const command = [...this.client(at), '-v', 'ON_ERROR_STOP=1'];
    return new PostgresSession(namespace.start(command, { env: this.environment(at.name), stdin: 'pipe' }));
  }

  private client({ host, port, keepAliveSeconds }: PostgresAddress): string[] {
    const keepAlive =
      keepAliveSeconds === undefined
        ? ''
        : ` keepalives_idle=${keepAliveSeconds} keepalives_interval=${keepAliveSeconds}`;
    return [
      'psql',
      `hostaddr=${host} port=${port} user=${USER} dbname=postgres sslmode=verify-full connect_timeout=20${keepAlive}`,
      '-XqtA',
    ];
  }

  private environment(name = this.name): NodeJS.ProcessEnv {
    return { ...process.env, PGHOST: name, PGPASSWORD: PASSWORD, PGSSLROOTCERT: this.authority };
  }

  private asUser(program: string): string[] {
    return ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--init-groups', join(this.programs, program)];
  }

  private async must(command: readonly string[]): Promise<void> {
    const [program = '', ...args] = command;
    const { code, stderr } = await this.processes.run(program, args, { env: process.env, cwd: this.folder });
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${stderr}`);
  }
}

export interface PostgresAddress {
  /** Where the client connects. */
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must bear. @default the one that it bears */
  readonly name?: string;
  /** Seconds after which the client itself sends a keep-alive packet. @default the kernel's two hours */
  readonly keepAliveSeconds?: number;
}

/** A session of psql that is fed statement by statement. */
export class PostgresSession {
  private readonly waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  private errors = '';
  private over = false;

  public constructor(private readonly child: ChildProcess) {
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => this.waiting.shift()?.resolve(line));
    }
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    child.stdin?.on('error', () => undefined);
    child.once('close', () => {
      this.over = true;
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`the session has ended: ${this.errors}`));
    });
  }

  /** Asks for one value. @throws Error with psql's words when the session has ended */
  public ask(statement: string): Promise<string> {
    if (this.over) return Promise.reject(new Error(`the session has ended: ${this.errors}`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin?.write(`${statement};\n`);
    });
  }

  /** The host that serves the session, and the process there: another one is another session. */
  public whoServes(): Promise<string> {
    return this.ask("select current_setting('cluster_name') || ' ' || pg_backend_pid()");
  }

  /** Ends the session in order. */
  public async end(): Promise<void> {
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin?.end();
    if (!this.over) await closed;
  }
}
