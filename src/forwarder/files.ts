import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATE_FILES } from './engines';

/**
 * The absolute path of a shipped file, one of `TEMPLATE_FILES`; the build lays them beside the compiled code.
 * Throws for any other name: that is a mistake of the caller's, never of the user's.
 */
export function forwarderFile(name: string): string {
  if (!TEMPLATE_FILES.includes(name)) throw new Error(`The forwarder has no file ${JSON.stringify(name)}.`);
  return join(__dirname, name);
}

/** What a shipped file says, with the line ends that the machines want: a checkout on Windows may have others. */
export function forwarderText(name: string): string {
  return readFileSync(forwarderFile(name), 'utf8').replaceAll('\r', '');
}
