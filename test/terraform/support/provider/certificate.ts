import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

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

/**
 * A self-signed certificate for localhost (ECDSA P-256), which go-plugin asks of a plugin that talks TLS; Node makes keys
 * but no certificates, so X.509 (RFC 5280) is written out here.
 */
export function selfSigned(): { readonly certificate: Buffer; readonly pem: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(SEQUENCE, oid('2a8648ce3d040302'));
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, oid('550403'), der(0x0c, Buffer.from('localhost')))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const day = 86_400_000;
  const extensions = der(
    SEQUENCE,
    extension('551d13', true, der(SEQUENCE, yes())),
    extension('551d0f', true, der(0x03, [2, 0x84])),
    extension('551d25', false, der(SEQUENCE, oid('2b06010505070301'), oid('2b06010505070302'))),
    extension('551d11', false, der(SEQUENCE, der(0x82, Buffer.from('localhost')))),
  );
  const body = der(
    SEQUENCE,
    der(0xa0, integer([2])),
    integer(serial),
    ecdsaWithSha256,
    name,
    der(SEQUENCE, time(new Date(Date.now() - day)), time(new Date(Date.now() + 2 * day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const certificate = der(SEQUENCE, body, ecdsaWithSha256, der(0x03, [0], sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate,
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
