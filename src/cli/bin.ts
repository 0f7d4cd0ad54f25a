#!/usr/bin/env node
import { reportDefect } from './defect';
import { PROCESS_IO } from './io';
import { main } from './main';

// A reader that has gone, such as `head`, is no failure: what was to be written to files is still written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      process.exitCode = 1;
    }
  });
}

main(process.argv.slice(2), PROCESS_IO).then(
  (code) => {
    process.exitCode ||= code;
  },
  (error: unknown) => {
    reportDefect(error, PROCESS_IO);
    process.exitCode = 1;
  },
);
