import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from './processes';

/** A process that starts what a test run starts, says what, and waits to be killed. */
const processes = new Processes();
const folder = mkdtempSync(join(tmpdir(), 'plr-abandoned-'));
processes.removeAtEnd(folder);
const script = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;
const child = processes.start(process.execPath, ['-e', script], { env: process.env });
child.stdout?.once('data', (data) => {
  process.stdout.write(`${JSON.stringify({ folder, pids: [child.pid, Number(data)] })}\n`);
});
