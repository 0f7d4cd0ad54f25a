import { type End, endsOf } from './end';

/** One address of Oracle's descriptors or of MySQL's key-value form: settings in brackets, or with commas in one. */
const ADDRESS = /\(\s*ADDRESS\s*=((?:\s*\([^()]*\))+)\s*\)/gi;

/** True for a descriptor as tnsnames.ora has it, with or without the alias before it. */
export function isDescriptor(text: string): boolean {
  return /^\s*(?:[\w.]+\s*=\s*)?\(\s*(?:DESCRIPTION|DESCRIPTION_LIST|ADDRESS|ADDRESS_LIST)\s*=/i.test(text);
}

/** The hosts and ports of a descriptor's addresses. */
export function descriptorEnds(text: string): readonly End[] {
  return settingsEnds([...text.matchAll(ADDRESS)].map(([, settings = '']) => settings));
}

/** MySQL's `address=(host=h)(port=3306)` and `(host=h,port=3306)`, several with commas between them. */
export function bracketEnds(authority: string): readonly End[] {
  const form = /^(?:address\s*=\s*((?:\([^()]*\))+)|\(([^()]*)\))$/i;
  const parts = authority.split(/,(?=\s*(?:address\s*=|\())/i).map((part) => form.exec(part.trim()));
  return parts.some((part) => part === null)
    ? []
    : settingsEnds(parts.map((part) => part?.[1] ?? `(${(part?.[2] ?? '').replaceAll(',', ')(')})`));
}

/** One end for each text of settings in brackets; empty where one names no host, or two. */
function settingsEnds(texts: readonly string[]): readonly End[] {
  return endsOf(
    texts.map((text) => {
      const hosts = [...text.matchAll(/\(\s*host\s*=\s*([^()\s]+)\s*\)/gi)];
      const ports = [...text.matchAll(/\(\s*port\s*=\s*(\d+)\s*\)/gi)];
      const host = hosts.length === 1 ? (hosts[0]?.[1] ?? '') : '';
      return ports.length === 0 ? host : `${host}:${ports.length === 1 ? ports[0]?.[1] : ''}`;
    }),
  );
}
