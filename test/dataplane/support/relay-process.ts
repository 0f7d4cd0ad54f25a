import { connect, createServer } from 'node:net';

/**
 * A way out of a network namespace: what comes to a port here goes on to a Unix socket, which has no network.
 * `node --import tsx relay-process.ts ADDRESS PORT SOCKET`; it prints a line when it listens and ends with its input.
 */
const [address, port, socket] = process.argv.slice(2);

createServer((client) => {
  const server = connect(socket ?? '');
  client.on('error', () => server.destroy());
  server.on('error', () => client.destroy());
  client.pipe(server).pipe(client);
}).listen(Number(port), address, () => process.stdout.write('listening\n'));

process.stdin.on('end', () => process.exit(0)).resume();
