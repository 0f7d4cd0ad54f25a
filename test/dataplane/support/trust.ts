import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function must(
  command: readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly input?: string } = {},
) {
  const [program, ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}\n${stderr}`);
  return stdout;
}

/** What a mirror inside a company has of its own: an authority that no image knows, and a key that signs its lists. */
export class Trust {
  /** Of the authority, PEM. */
  public readonly caCertificate: string;
  /** Of the mirror, by its name, with its key. */
  public readonly server: { readonly cert: string; readonly key: string };
  /** The public half, in armour. */
  public readonly signingKey: string;
  private readonly gpg: readonly [string, ...string[]];

  /** @param name the host name of the mirror */
  public constructor(folder: string, name: string) {
    const own = join(folder, 'trust');
    const home = join(own, 'gnupg');
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const openssl = (...args: string[]): string => must(['openssl', ...args], { cwd: own });
    const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    openssl('req', '-x509', ...fresh, '-subj', '/CN=corp', '-keyout', 'ca.key', '-out', 'ca.crt');
    openssl('req', ...fresh, '-subj', `/CN=${name}`, '-keyout', 'mirror.key', '-out', 'mirror.csr');
    writeFileSync(join(own, 'names.cnf'), `subjectAltName=DNS:${name}\n`);
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names.cnf'];
    openssl('x509', '-req', '-in', 'mirror.csr', ...by, '-out', 'mirror.crt');
    const text = (file: string): string => readFileSync(join(own, file), 'utf8');
    this.caCertificate = text('ca.crt');
    this.server = { cert: text('mirror.crt'), key: text('mirror.key') };
    this.gpg = ['gpg', '--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', ''];
    must([...this.gpg, '--quick-generate-key', 'mirror@corp.example', 'ed25519', 'sign', '1d']);
    this.signingKey = must([...this.gpg, '--armor', '--export', 'mirror@corp.example']);
  }

  /** A list of packages that somebody else signed, signed with the own key instead. */
  public signed(inRelease: string): string {
    const [, body = ''] =
      /^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: .*\n)*\n([\s\S]*?)\n-----BEGIN PGP SIGNATURE-----/.exec(
        inRelease,
      ) ?? [];
    if (body === '') throw new Error('the list is not signed in itself');
    return must([...this.gpg, '--clearsign'], { input: `${body.replace(/^- /gm, '')}\n` });
  }

  /** The agent that gpg left behind goes. */
  public stop(): void {
    must(['gpgconf', '--homedir', this.gpg[2] ?? '', '--kill', 'all']);
  }
}
