import { resolveHosts } from '../../src/resolver';

// Resolves the host `argv[2]` at the name server `argv[3]`, prints the outcome and has nothing left to do.
const [host = '', server = ''] = process.argv.slice(2);
process.stdout.write('started\n');
void resolveHosts([{ host, servers: [server] }], { timeoutMs: 60_000 }).then((resolutions) => {
  for (const resolution of resolutions.values()) process.stdout.write(`${JSON.stringify(resolution)}\n`);
});
