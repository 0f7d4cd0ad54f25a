import { describe, expect, it } from 'vitest';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { loadText } from './support';

const BODY = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ';
const HEADERS = [
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----',
  'PuTTY-User-Key-File-3: ssh-ed25519',
];
const lines = VALID_AZURE.split('\n');

/** Everything that a run would print. */
function printed(text: string): string {
  return JSON.stringify(loadText(text).diagnostics);
}

describe('a private key that was pasted', () => {
  it.each(HEADERS)('is refused as a public key and not repeated: %s', (header) => {
    const text = VALID_AZURE.replace(/publicKey: .*/, `publicKey: ${JSON.stringify(`${header}\n${BODY}\n`)}`);
    const { diagnostics } = loadText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['PLR1617']);
    expect(diagnostics[0]?.message).toContain('private key');
    expect(JSON.stringify(diagnostics)).not.toContain(BODY);
  });

  it.each(['signingKey', 'caCertificate'])('is refused as a %s of a mirror and not repeated', (key) => {
    for (const kind of ['PGP PRIVATE KEY BLOCK', 'RSA PRIVATE KEY', 'PRIVATE KEY']) {
      const pasted = JSON.stringify(`-----BEGIN ${kind}-----\n\n${BODY}\n-----END ${kind}-----\n`);
      const mirror = `{ url: "https://nexus.corp.example", ${key}: ${pasted} }`;
      const { diagnostics } = loadText(VALID_AZURE.replace('egress: nat', () => `egress: { mirror: ${mirror} }`));
      expect(diagnostics.map(({ code }) => code)).toEqual(['PLR1618']);
      expect(diagnostics[0]?.message).toContain('private key');
      expect(JSON.stringify(diagnostics)).not.toContain(BODY);
    }
  });

  it('is repeated nowhere, wherever it stands', () => {
    const values = lines.flatMap((line, index) => (/^ *(- |[\w-]+: )\S/.test(line) ? [index] : []));
    expect(values.length).toBeGreaterThan(60);
    let refused = 0;
    for (const index of values) {
      for (const wrapped of [(key: string) => key, (key: string) => `[${key}]`, (key: string) => `{ ${key}: 1 }`]) {
        const copy = [...lines];
        const key = wrapped(JSON.stringify(`${HEADERS[0]}\n${BODY}`));
        copy[index] = (lines[index] ?? '').replace(/^( *(?:- |[\w-]+: )).*/, (_all, before: string) => before + key);
        const text = printed(copy.join('\n'));
        expect(text, lines[index]).not.toContain(BODY);
        refused += text === '[]' ? 0 : 1;
      }
    }
    expect(refused).toBeGreaterThan(150);
  });

  it('is not repeated where it breaks the YAML, as a paste without indentation does', () => {
    const pasted = `${HEADERS[0]}\n${BODY}\n${BODY}: x\n-----END OPENSSH PRIVATE KEY-----`;
    for (const block of ['', '|\n', '>-\n', '\n            ']) {
      const text = printed(VALID_AZURE.replace(/publicKey: .*/, () => `publicKey: ${block}${pasted}`));
      expect(text).toMatch(/PLR\d{4}/);
      expect(text).not.toContain(BODY);
    }
  });
});
