import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DnsServer, type Zone } from './dns-server';

/**
 * The tests' name server as a process of its own, for measurements and for programs that must find it at port 53:
 * `node --import tsx dns-server-process.ts '{"zoneFile": "zone.json", "address": "127.0.0.1", "port": 53, "delayMs": 20}'`.
 * It prints its address and port as one line of JSON when it listens, then one line for each question. Each line of its
 * standard input is a zone as JSON whose names replace the present ones; a line `{"set": n}` says that the n-th is done.
 * It runs until it is ended.
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
  let count = 0;
  createInterface({ input: process.stdin }).on('line', (line) => {
    for (const [name, behaviour] of Object.entries(JSON.parse(line) as Zone)) server.set(name, behaviour);
    count += 1;
    process.stdout.write(`${JSON.stringify({ set: count })}\n`);
  });
}

void main(JSON.parse(process.argv[2] ?? '{}') as ProcessOptions);
