import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST_FORM, NAME_FORM, PATH_FORM } from '../model';
import { TEMPLATE_FILES } from './engines';

/** What words of the inventory look like where a template lets them in; a template names a form as `@HOST_FORM@`. */
const FORMS: Readonly<Record<string, string>> = {
  NAME_FORM: NAME_FORM.source,
  HOST_FORM: HOST_FORM.source,
  PATH_FORM: PATH_FORM.source,
  ADDRESS_FORM: '^[0-9]{1,3}(?:\\.[0-9]{1,3}){3}$',
  NETWORK_FORM: '^[0-9]{1,3}(?:\\.[0-9]{1,3}){3}/[0-9]{1,2}$',
};

/**
 * The absolute path of a shipped file, one of `TEMPLATE_FILES`; the build lays them beside the compiled code.
 * Throws for any other name: that is a mistake of the caller's, never of the user's.
 */
export function forwarderFile(name: string): string {
  if (!TEMPLATE_FILES.includes(name)) throw new Error(`The forwarder has no file ${JSON.stringify(name)}.`);
  return join(__dirname, name);
}

/**
 * What a file says beside Terraform's own: its forms as strings of Terraform, and the line ends that the machines want,
 * since a checkout on Windows may have others.
 */
export function forwarderText(name: string): string {
  return readFileSync(forwarderFile(name), 'utf8')
    .replaceAll('\r', '')
    .replaceAll(/@([A-Z]+_FORM)@/g, (form, key: string) => {
      const pattern = FORMS[key];
      if (pattern === undefined) throw new Error(`${name} names ${form}, which is no form.`);
      return JSON.stringify(pattern);
    });
}
