import { listed, ROUTES, type Route } from '../../model';

/** What people and other tools call a way to tell targets apart; letter case, hyphens and the like count for nothing. */
const ALIASES: Readonly<Record<Route, readonly string[]>> = {
  tcp: ['port', 'l4', 'layer4', 'nlb', 'none', 'direct', 'stream', 'own', 'dedicated'],
  sni: [
    ...['https', 'tls', 'ssl', 'passthrough', 'tlspassthrough', 'sslpassthrough', 'snipassthrough', 'snirouting'],
    ...['servername', 'tlssni', 'sslsni', 'grpc', 'grpcs', 'name', 'domain'],
  ],
  http: [
    'host',
    'hostheader',
    'hostname',
    'path',
    'pathprefix',
    'l7',
    'layer7',
    'alb',
    'header',
    'url',
    'http1',
    'rest',
  ],
};

/** What a route chooses by, for a sentence. */
export const CHOOSES_BY: Readonly<Record<Route, string>> = {
  tcp: 'by a listener port of its own',
  sni: 'by the name in the TLS hello',
  http: 'by Host and path of requests without TLS',
};

/** The route that a word of people means. */
export function routeMeant(word: string): Route | undefined {
  const plain = word.toLowerCase().replace(/[^a-z\d]/g, '');
  return ROUTES.find((route) => route === plain || ALIASES[route].includes(plain));
}

/**
 * The remedy for every route that cannot be had, with the keys that go with it.
 * @param verb as the sentence begins with it, or goes on
 */
export function withoutRoute(
  { path, tls }: { readonly path?: string | undefined; readonly tls?: string | undefined },
  verb: 'Remove' | 'remove' = 'Remove',
): string {
  const keys = ['route', ...(path === undefined ? [] : ['path']), ...(tls === undefined ? [] : ['tls'])];
  return `${verb} ${listed(keys)}, so that the target has a listener port of its own`;
}
