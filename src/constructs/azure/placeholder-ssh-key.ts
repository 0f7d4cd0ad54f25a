import { createHash } from 'node:crypto';

/** Whoever hashes it sees that the key was not made from a private one. (Its hash happens to be a point of the curve.) */
const SENTENCE = 'privatelink-router: a key that nobody has';

const ALGORITHM = 'ssh-ed25519';

/**
 * A public key for which nobody has the private one, since its bytes are the SHA-256 of a sentence: Azure wants a key or a
 * password of every machine, also of one that nobody logs in to (its SSH service is off as well).
 */
export function placeholderPublicKey(): string {
  const point = createHash('sha256').update(SENTENCE).digest();
  const blob = Buffer.concat([Buffer.from(ALGORITHM), point].flatMap((part) => [length(part), part]));
  return `${ALGORITHM} ${blob.toString('base64')}`;
}

function length(part: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(part.length);
  return bytes;
}
