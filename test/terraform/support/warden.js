'use strict';
// Reads from standard input what a test run has started; when the input ends, so do the processes, and the folders go. It says on
// standard output when nothing runs any more: nobody has to wait for the folders, which can be large.
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const groups = new Set();
const folders = new Set();

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// Whoever has started this may be gone already.
process.stdout.on('error', () => {});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const news = JSON.parse(line);
    if (news.started !== undefined) groups.add(news.started);
    if (news.ended !== undefined) groups.delete(news.ended);
    if (news.folder !== undefined) folders.add(news.folder);
  })
  .on('close', () => {
    for (const group of groups) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has ended by itself in the meantime.
      }
    }
    process.stdout.write('ended\n');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
