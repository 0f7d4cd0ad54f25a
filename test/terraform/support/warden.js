'use strict';
// Reads from standard input what a test run has started; when the input ends, so do the processes, and the folders go.
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const groups = new Set();
const folders = new Set();

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

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
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
