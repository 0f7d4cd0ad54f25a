import { isIPv4 } from 'node:net';
import { portOf } from '../../model';
import { fault, quote } from '../findings';
import type { Judge } from './forms';
import { isHost, parseHost } from './host';

/** Longer than any address of a mirror. */
const MAX = 500;

/** Scheme, host, port and path. Nothing in it means anything to a shell, to apt's lists or to YAML. */
const URL_FORM = /^(https?):\/\/([A-Za-z0-9.-]+)(:([1-9]\d{0,4}))?((?:\/[A-Za-z0-9._~-]*)*)$/;

/** The address of an apt mirror. Its words go into a file of apt on the machines, so that only plain ones are taken. */
export const mirrorForm: Judge = (text) => {
  if (text.includes('@')) {
    return fault(
      'PLR1618',
      'The address of the mirror holds a name and password, which would stand in the state and on every machine.',
      'Let the mirror admit the subnet of the machines, and leave name and password away.',
    );
  }
  const [, , host = '', , port, path = ''] = URL_FORM.exec(text) ?? [];
  const named = isIPv4(host) || isHost(parseHost(host));
  if (
    host !== '' &&
    named &&
    (port === undefined || portOf(port) !== undefined) &&
    !path.includes('//') &&
    !/\/\.\.?(\/|$)/.test(path) &&
    text.length <= MAX
  ) {
    return undefined;
  }
  return fault(
    'PLR1618',
    `${quote(text)} is not the address of a mirror: http:// or https://, a fully qualified host, a port where it has one, and a path of letters, digits and . _ ~ -.`,
    'Write an address such as http://apt.corp.example/ubuntu.',
  );
};
