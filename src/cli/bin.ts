#!/usr/bin/env node
import { reportDefect } from './defect';
import { main } from './main';

// A reader that has gone, such as `head`, is no failure: what was to be written to files is still written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      process.exitCode = 1;
    }
  });
}

const io = { stdout: process.stdout, stderr: process.stderr, env: process.env };
main(process.argv.slice(2), io).then(
  (code) => {
    process.exitCode ||= code;
  },
  (error: unknown) => {
    reportDefect(error, io);
    process.exitCode = 1;
  },
);
