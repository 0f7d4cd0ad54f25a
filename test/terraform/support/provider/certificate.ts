import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** DER: tag, length, contents. */
function der(tag: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const SEQUENCE = 0x30;
const OCTETS = 0x04;
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (value: Buffer | readonly number[]): Buffer => der(0x02, value);
const yes = (): Buffer => der(0x01, [255]);
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return der(SEQUENCE, oid(id), ...(critical ? [yes()] : []), der(OCTETS, value));
}

/** Who a certificate is for: a CA, or a server or client under these names and IPv4 addresses. */
type Purpose =
  | { readonly authority: true }
  | { readonly authority: boolean; readonly names: readonly string[]; readonly addresses: readonly string[] };

interface Issued {
  readonly certificate: Buffer;
  readonly pem: string;
  readonly key: string;
}

function commonName(text: string): Buffer {
  return der(SEQUENCE, der(0x31, der(SEQUENCE, oid('550403'), der(0x0c, Buffer.from(text)))));
}

function extensionsFor(purpose: Purpose): Buffer {
  // Key usage: digital signature, and for an authority the signing of certificates.
  const usage = purpose.authority ? [2, 0x84] : [7, 0x80];
  const basic = [
    extension('551d13', true, der(SEQUENCE, ...(purpose.authority ? [yes()] : []))),
    extension('551d0f', true, der(0x03, usage)),
  ];
  if (!('names' in purpose)) return der(SEQUENCE, ...basic);
  const names = [
    ...purpose.names.map((name) => der(0x82, Buffer.from(name))),
    ...purpose.addresses.map((address) => der(0x87, address.split('.').map(Number))),
  ];
  return der(
    SEQUENCE,
    ...basic,
    extension('551d25', false, der(SEQUENCE, oid('2b06010505070301'), oid('2b06010505070302'))),
    extension('551d11', false, der(SEQUENCE, ...names)),
  );
}

/** A certificate (ECDSA P-256, RFC 5280) for a key of its own; Node makes keys but no certificates. */
function issued(
  subject: string,
  purpose: Purpose,
  issuer?: { readonly subject: string; readonly key: KeyObject },
): Issued & { readonly keyObject: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(SEQUENCE, oid('2a8648ce3d040302'));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const day = 86_400_000;
  const body = der(
    SEQUENCE,
    der(0xa0, integer([2])),
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer?.subject ?? subject),
    der(SEQUENCE, time(new Date(Date.now() - day)), time(new Date(Date.now() + 2 * day))),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensionsFor(purpose)),
  );
  const signature = sign('sha256', body, issuer?.key ?? privateKey);
  const certificate = der(SEQUENCE, body, ecdsaWithSha256, der(0x03, [0], signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate,
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyObject: privateKey,
  };
}

/** A self-signed certificate for localhost, which go-plugin asks of a plugin that talks TLS. */
export function selfSigned(): Issued {
  return issued('localhost', { authority: true, names: ['localhost'], addresses: [] });
}

/**
 * A CA of this run, and a server on this machine whose certificate it has signed.
 * @param name the server's
 */
export function serverWithAuthority(name = 'localhost'): {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
} {
  const subject = `privatelink-router tests, ${name}`;
  const { pem, keyObject } = issued(subject, { authority: true });
  const server = issued(
    name,
    { authority: false, names: [name], addresses: ['127.0.0.1'] },
    { subject, key: keyObject },
  );
  return { authority: pem, certificate: server.pem, key: server.key };
}
