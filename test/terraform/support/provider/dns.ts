import { Resolver } from 'node:dns/promises';
import { isIPv4, isIPv6 } from 'node:net';
import { type Implementation, ProviderError } from './kind';

const MISSING = ['ENOTFOUND', 'ENODATA'];
const WORDS: Readonly<Record<string, string>> = {
  ETIMEOUT: 'i/o timeout',
  ENOTFOUND: 'no such host',
  ENODATA: 'no such host',
};

async function answerOr(asking: Promise<string[]>): Promise<string[] | string> {
  try {
    return await asking;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
  }
}

/** `dns_a_record_set` as the real provider answers it; PLR_DNS_SERVER names the server that stands for the machine's own. */
export function dns(): Implementation {
  const server = process.env.PLR_DNS_SERVER;
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (server !== undefined) resolver.setServers([server]);

  async function look(host: string): Promise<string[]> {
    if (isIPv4(host)) return [host];
    if (isIPv6(host)) return [];
    // Both are always asked, and a name with IPv6 addresses only gives an empty list in silence.
    const [a, aaaa] = await Promise.all([answerOr(resolver.resolve4(host)), answerOr(resolver.resolve6(host))]);
    if (typeof a !== 'string') return a.sort();
    if (MISSING.includes(a) && typeof aaaa !== 'string') return [];
    const reason = WORDS[a] ?? 'server misbehaving';
    throw new ProviderError(
      `error looking up A records for "${host}": `,
      `lookup ${host} on ${server ?? 'the resolver'}: ${reason}`,
    );
  }

  return {
    configure: async () => undefined,
    resources: {},
    data: {
      dns_a_record_set: {
        read: async ({ host }) => ({ host, id: host, addrs: await look(String(host)) }),
      },
    },
  };
}
