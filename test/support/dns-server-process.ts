import { readFileSync } from 'node:fs';
import { DnsServer, type Zone } from './dns-server';

/**
 * The tests' name server as a process of its own, for measurements and for programs that must find it at port 53:
 * `node --import tsx dns-server-process.ts '{"zoneFile": "zone.json", "address": "127.0.0.1", "port": 53, "delayMs": 20}'`.
 * It prints its address and port as one line of JSON when it listens, then one line for each question, and runs until it
 * is ended.
 */
interface ProcessOptions {
  /** A file with the zone as JSON. */
  readonly zoneFile: string;
  readonly address?: string;
  readonly port?: number;
  readonly delayMs?: number;
}

async function main({ zoneFile, ...options }: ProcessOptions): Promise<void> {
  const zone = JSON.parse(readFileSync(zoneFile, 'utf8')) as Zone;
  const server = await DnsServer.start({
    ...options,
    zone,
    onQuery: (query) => process.stdout.write(`${JSON.stringify(query)}\n`),
  });
  process.stdout.write(`${JSON.stringify({ server: server.text, port: server.port })}\n`);
}

void main(JSON.parse(process.argv[2] ?? '{}') as ProcessOptions);
