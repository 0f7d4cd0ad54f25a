import { defined } from '../../../model';
import { bracketEnds, descriptorEnds, isDescriptor } from './descriptor';
import { type Connection, type End, endsOf } from './end';
import { settingsConnection } from './settings';

const URL_FORM = /^([a-z][\w+.-]*):\/\/(.*)$/is;

/** A user's name with `@`, as Azure's databases have them: the only parameter in which that sign is no riddle. */
const USER_WITH_AT = /[?&;](?:user|username|uid|user_?id|login|email)=[^&;@]*@[^&;@]*(?=[&;]|$)/gi;

/** A port that stands among the parameters: of SQL Server, of Teradata. */
const PORT_PARAMETER = /[/?&;,](?:port|portNumber|DBS_PORT)=(\d+)(?=[&;,]|$)/gi;

/** A URL of any scheme, or several with commas between them as Kafka lists its listeners. */
export function urlConnection(text: string): Connection | undefined {
  const [, scheme = '', rest] = URL_FORM.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const srv = /^([a-z][a-z\d]*)\+srv$/i.exec(scheme)?.[1]?.toLowerCase();
  const what = `a URL of the scheme ${scheme.slice(0, 40)}`;
  return { what, kind: 'url', ends: listeners(text) ?? authorityEnds(rest), ...defined({ srv }) };
}

/** `SSL://h1:9094,SSL://h2:9094`: where each part is a URL of nothing but host and port. */
function listeners(text: string): readonly End[] | undefined {
  const parts = text.split(',').map((part) => /^\s*[a-z][\w+.-]*:\/\/([^/?#;@]*)\/?\s*$/i.exec(part)?.[1]);
  return parts.length > 1 && parts.every((part) => part !== undefined) ? endsOf(parts) : undefined;
}

/**
 * The hosts behind `//`. A password may hold any sign of a URL: where an `@` stands outside the place of the user, host
 * and password cannot be told apart, and nothing comes of it.
 */
function authorityEnds(afterSlashes: string): readonly End[] {
  const rest = afterSlashes.replace(USER_WITH_AT, '');
  const authority = /^[^/?#;]*(?:;[^/?#;=@]*:\d+(?=[/?#;]|$))*/.exec(rest)?.[0] ?? '';
  const after = rest.slice(authority.length);
  if (after.includes('@')) return [];
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  if (user.includes('@') && user.includes(',')) return [];
  const hosts = authority.slice(at + 1);
  if (hosts === '') return after.startsWith(';') ? (settingsConnection(after.slice(1))?.ends ?? []) : [];
  const ends = hosts.includes('(') ? bracketEnds(hosts) : endsOf(hosts.split(/[,;]/));
  const ports = [...after.matchAll(PORT_PARAMETER)].map(([, port]) => Number(port));
  const [only, another] = ends;
  if (only === undefined || another !== undefined || only.port !== undefined || ports.length !== 1) return ends;
  return endsOf([`${only.host}:${ports[0]}`]);
}

/**
 * Oracle's Easy Connect, `//h:1521/service`, `tcps://h:2484/service`, `h:1521/service`, or the older `h:1521:SID`
 * and what else follows a port behind a colon.
 */
export function easyConnectEnds(text: string): readonly End[] {
  if (text.includes('@')) return [];
  const bare = text.replace(/^(?:tcps?:)?\/\//i, '');
  const [, withSid] = /^([^:,/]+:\d+):[^/]*$/.exec(bare) ?? [];
  return endsOf((withSid ?? /^[^/?]*/.exec(bare)?.[0] ?? '').split(','));
}

/** A URL of JDBC or R2DBC: most have `//`, Oracle an `@`, Sybase and Exasol only colons. */
export function jdbcConnection(text: string): Connection | undefined {
  const [, family, rest] = /^(jdbc|r2dbc):(.*)$/is.exec(text) ?? [];
  if (family === undefined || rest === undefined) return undefined;
  return { what: `a ${family.toUpperCase()} URL`, kind: 'url', ends: jdbcEnds(rest) };
}

function jdbcEnds(rest: string): readonly End[] {
  const [, oracle] = /^oracle:(?:thin|oci\d?):(.*)$/is.exec(rest) ?? [];
  if (oracle !== undefined) return oracleEnds(oracle);
  const [, afterSlashes] = /^[\w.+-]+(?::[\w.+-]+)*:\/\/(.*)$/s.exec(rest) ?? [];
  if (afterSlashes !== undefined) return authorityEnds(afterSlashes);
  const [, colons] = /^[\w.+-]+:(?:[a-z]\w*:)?([^:/@\s]+:\d+)(?:[/;?][^@]*)?$/is.exec(rest) ?? [];
  return colons === undefined ? [] : endsOf([colons]);
}

/** What stands behind the last `@`; before it there may be user and password. */
function oracleEnds(text: string): readonly End[] {
  const at = text.lastIndexOf('@');
  if (at < 0 || hasParameter(text.slice(0, at))) return [];
  const target = text.slice(at + 1);
  return isDescriptor(target) ? descriptorEnds(target) : easyConnectEnds(target);
}

/** True where a parameter begins, so that an `@` behind it may belong to its value. */
export function hasParameter(text: string): boolean {
  return /(?:^|[?;&\s(])[\w.]+\s*=/.test(text);
}
