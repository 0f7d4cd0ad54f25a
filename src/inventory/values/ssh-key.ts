import { holdsPrivateKey } from '../../model';
import { type Fault, fault } from '../findings';

/** Azure takes RSA keys of 2048 bits and more: https://learn.microsoft.com/azure/virtual-machines/linux/mac-create-ssh-keys */
const RSA_BITS = 2048;

const MAKE = 'Make one: `ssh-keygen -t ed25519 -f plr`, and write the line of plr.pub.';

/**
 * Why a text is no public key that Azure takes, or undefined. No message repeats any of the text: what was pasted by
 * mistake may be the private half.
 */
export function sshKeyFault(text: string): Fault | undefined {
  if (holdsPrivateKey(text)) {
    return fault(
      'PLR1617',
      'A private key stands here. It is not repeated in this message, but it stands in the file and perhaps in its history.',
      'Write the public key, the line of the .pub file. Treat the private one as known to others: replace it.',
    );
  }
  if (/^-{4,}\s?BEGIN/.test(text.trim())) {
    return wrong(
      'The key is in PEM or SSH2 form; Azure takes the form of OpenSSH.',
      'Convert it: `ssh-keygen -i -f FILE`.',
    );
  }
  if (/[\r\n]/.test(text.replace(/\n$/, ''))) {
    return wrong('The key has more than one line; one public key is one line.', 'Write one key in one line.');
  }
  if (/[^\u0020-\u007e\u00a0-\uffff]/.test(text.replace(/\n$/, ''))) {
    return wrong('The key holds a control character.', 'Copy the line of the .pub file again.');
  }
  const [type = '', body = ''] = text.trim().split(/ +/);
  if (type !== 'ssh-rsa' && type !== 'ssh-ed25519') return typeFault(type);
  return bodyFault(type, body);
}

function typeFault(type: string): Fault {
  if (/^(ecdsa-sha2|sk-|ssh-dss)/.test(type)) {
    return wrong(`The key is of the type ${type.slice(0, 40)}; Azure takes RSA and ed25519 only.`, MAKE);
  }
  return wrong('This is no public key in the form of OpenSSH: it begins with neither ssh-rsa nor ssh-ed25519.', MAKE);
}

function bodyFault(type: 'ssh-rsa' | 'ssh-ed25519', body: string): Fault | undefined {
  const fields = fieldsOf(body);
  if (fields === undefined || fields[0]?.toString('latin1') !== type) {
    return wrong(
      `The key says ${type}, but what follows is not the body of such a key.`,
      'Copy the whole line of the .pub file.',
    );
  }
  if (type === 'ssh-ed25519') {
    return fields.length === 2 && fields[1]?.length === 32
      ? undefined
      : wrong('The body of the ed25519 key is not 32 bytes.', 'Copy the whole line of the .pub file.');
  }
  const modulus = fields[2];
  if (fields.length !== 3 || modulus === undefined) {
    return wrong('The body of the RSA key is cut.', 'Copy the whole line of the .pub file.');
  }
  const bits = bitLength(modulus);
  return bits >= RSA_BITS ? undefined : wrong(`The RSA key has ${bits} bits; Azure takes ${RSA_BITS} and more.`, MAKE);
}

/** The fields of a key's body: each a length of four bytes and as many bytes. Undefined where they do not fit. */
function fieldsOf(body: string): Buffer[] | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return undefined;
  const bytes = Buffer.from(body, 'base64');
  const fields: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function bitLength(number: Buffer): number {
  const first = number.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24;
}

function wrong(message: string, fix: string): Fault {
  return fault('PLR1617', message, fix);
}
