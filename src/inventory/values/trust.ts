import { X509Certificate } from 'node:crypto';
import { holdsPrivateKey } from '../../model';
import { type Fault, fault } from '../findings';
import type { Judge } from './forms';

/** No message repeats any of the text: what was pasted by mistake may be the private half. */
function wrong(message: string, fix: string): Fault {
  return fault('PLR1618', message, fix);
}

function privateHalf(text: string, instead: string): Fault | undefined {
  if (!holdsPrivateKey(text)) return undefined;
  return wrong(
    'A private key stands here. It is not repeated in this message, but it stands in the file and perhaps in its history.',
    `Write ${instead}. Treat the private key as known to others: replace it.`,
  );
}

/** One block of armour and nothing around it: headers, an empty line, base64 in lines, a checksum where there is one. */
const ARMOUR =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[A-Za-z]+: [ -~]*\r?\n)*[ \t]*\r?\n(?:[A-Za-z0-9+/]{1,76}={0,2}\r?\n)+(?:=[A-Za-z0-9+/]{4}\r?\n)?-----END PGP PUBLIC KEY BLOCK-----\s*$/;

/** The key with which a mirror's lists of packages are signed: armoured OpenPGP, the public half. */
export const signingKeyForm: Judge = (text) => {
  const secret = privateHalf(text, 'the public key: `gpg --armor --export KEY`');
  if (secret !== undefined) return secret;
  return ARMOUR.test(text.trimStart())
    ? undefined
    : wrong(
        'This is no public key of OpenPGP in armour: one block from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END.',
        'Write what `gpg --armor --export KEY` prints, as a block of lines (signingKey: |).',
      );
};

const CERTIFICATE = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g;

/** The certificates of the authorities that signed a mirror's own: PEM, one or several. */
export const caCertificateForm: Judge = (text) => {
  const secret = privateHalf(text, 'the certificate alone');
  if (secret !== undefined) return secret;
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0 || text.replace(CERTIFICATE, '').trim() !== '') {
    return wrong(
      'This is no certificate in PEM: blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else.',
      'Write the certificate of the authority that signed the mirror\u2019s, as a block of lines (caCertificate: |).',
    );
  }
  return found.every(isCertificate)
    ? undefined
    : wrong(
        'A block of the certificate is cut or changed: it cannot be read.',
        'Copy the file again: `openssl x509 -in FILE` shows whether it is whole.',
      );
};

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
