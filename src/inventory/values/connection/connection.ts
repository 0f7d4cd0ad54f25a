import { descriptorEnds, isDescriptor } from './descriptor';
import { type Connection, endList, endOf } from './end';
import { settingsConnection } from './settings';
import { easyConnectEnds, hasParameter, jdbcConnection, urlConnection } from './url';

/**
 * What somebody pasted where one host is expected, read as far as it is certain: URLs, JDBC, descriptors, settings, the
 * forms of SQL Server and Oracle, lists. Undefined where the text is none of them: a host, or something else.
 */
export function parseConnection(text: string): Connection | undefined {
  if (isDescriptor(text)) return { what: 'a descriptor of Oracle', kind: 'string', ends: descriptorEnds(text) };
  return (
    jdbcConnection(text) ??
    urlConnection(text) ??
    settingsConnection(text) ??
    sqlServer(text) ??
    withUser(text) ??
    easyConnect(text) ??
    withPort(text)
  );
}

/** `tcp:h,1433`, `admin:h`, `np:\\h\pipe\sql\query`, `lpc:h`; `h,1433`; `h\INST` with a port behind it. */
function sqlServer(text: string): Connection | undefined {
  const [, protocol, rest] = /^(tcp|np|lpc|admin):(?!\d)(.*)$/is.exec(text) ?? [];
  // Before an @ it is a user who is called so.
  if (protocol !== undefined && rest !== undefined && !rest.includes('@')) {
    const what = `a server of SQL Server with the protocol ${protocol.toLowerCase()}`;
    const piped = /^\\\\([^\\]+)\\pipe\\/i.exec(rest)?.[1] ?? rest;
    return { what, kind: 'string', ends: endList(piped) };
  }
  const [, host, port] = /^([^,:@]+),\s*(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined) return undefined;
  return { what: "SQL Server's form of host and port", kind: 'string', ends: endList(`${host},${port}`) };
}

/** `user:password@h:1521`, `user/password@//h:1521/service`. */
function withUser(text: string): Connection | undefined {
  const at = text.lastIndexOf('@');
  if (at < 0 || !/[:/]/.test(text)) return undefined;
  const before = text.slice(0, at);
  const uncertain = hasParameter(text) || (before.includes('@') && before.includes(','));
  return {
    what: 'a host with a user before it',
    kind: 'string',
    ends: uncertain ? [] : easyConnectEnds(text.slice(at + 1)),
  };
}

/** `//h:1521/service`, `h:1521/service`, `h:1521:SID`. */
function easyConnect(text: string): Connection | undefined {
  if (!/^(?:\/\/[^/]|[^:/\s[\]]+:\d+[/:])/.test(text) || /^[\da-f:.%]+$/i.test(text)) return undefined;
  return { what: 'a host with port and path', kind: 'string', ends: easyConnectEnds(text) };
}

/** `h:5432`, `h1:5432,h2:5432`, `h1,h2`. */
function withPort(text: string): Connection | undefined {
  if (/[[\]*\s]/.test(text.trim()) || /:[\da-f.]*:/i.test(text)) return undefined;
  const parts = text.split(',');
  if (parts.length > 1) return { what: 'a list of hosts', kind: 'string', ends: endList(text) };
  if (!text.includes(':')) return undefined;
  const end = endOf(text);
  return { what: 'a host with a port', kind: 'port', ends: end === undefined ? [] : [end] };
}
