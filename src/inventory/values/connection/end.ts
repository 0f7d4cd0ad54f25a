import { portOf } from '../../../model';
/** One host that a connection string names, as it stands there, and its port where one does. */
export interface End {
  readonly host: string;
  readonly port?: number;
}

/** What somebody wrote where one host is expected. */
export interface Connection {
  /** What it is, as a message says it: `a JDBC URL`. */
  readonly what: string;
  /** URLs have a code of their own, a host with a port another. */
  readonly kind: 'url' | 'port' | 'string';
  /** Whom it leads to; empty where that is not certain. What may be part of a password is never among them. */
  readonly ends: readonly End[];
  /** The service whose SRV records name the members, `mongodb`. */
  readonly srv?: string;
}

/** Host, an instance of SQL Server behind it, and a port behind a colon or, as SQL Server has it, a comma. */
const END = /^([^\s:,;/\\@=()[\]{}"'<>|?#&%$*]+)(?:\\[\w$#-]+)?(?:[:,]\s*(\d{1,5}))?$/;

/** A host and perhaps a port; undefined where the text is anything else. */
export function endOf(text: string): End | undefined {
  const [, host, digits] = END.exec(text.trim()) ?? [];
  if (host === undefined) return undefined;
  if (digits === undefined) return { host };
  const port = portOf(digits);
  return port === undefined ? undefined : { host, port };
}

/** Every one of these texts as a host and perhaps a port; empty where one of them is something else. */
export function endsOf(texts: readonly string[]): readonly End[] {
  const ends = texts.map(endOf);
  return ends.every((end) => end !== undefined) ? ends : [];
}

/** `host,1433` of SQL Server, or hosts with commas between them. */
export function endList(text: string): readonly End[] {
  const one = endOf(text);
  return one === undefined ? endsOf(text.split(',')) : [one];
}
