import { descriptorEnds, isDescriptor } from './descriptor';
import { type Connection, type End, endList, endsOf } from './end';

/** Settings that name the host, in ODBC, ADO.NET, libpq, Db2, SAP HANA, Azure and Kafka; without spaces, in lower case. */
const HOST_KEYS = new Set([
  'server',
  'servername',
  'servernode',
  'datasource',
  'addr',
  'address',
  'networkaddress',
  'host',
  'hostname',
  'hostaddr',
  'dbq',
  'dbcname',
  'system',
  'endpoint',
  'accountendpoint',
  'bootstrap.servers',
]);
const PORT_KEYS = new Set(['port', 'portnumber', 'dbs_port']);

/** `key=value;key=value`, values in braces or quotes as ODBC and ADO.NET have them. */
const WITH_SEMICOLONS = /([^=;{}]+)=\s*(\{(?:[^}]|\}\})*\}|"(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*)\s*(?:;|$)/gy;
/** `key=value key=value` of libpq, values in single quotes. */
const WITH_SPACES = /\s*([\w.]+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)(?:\s+|$)/gsy;

/** A text of settings, `Server=tcp:h,1433;Database=d` or `host=h port=5432`; undefined where it is none. */
export function settingsConnection(text: string): Connection | undefined {
  if (!/^\s*[a-z][\w. ]*=/i.test(text)) return undefined;
  return { what: 'a connection string', kind: 'string', ends: settingsEnds(text) };
}

function settingsEnds(text: string): readonly End[] {
  const settings = parsed(text);
  const hosts = settings.filter(([key]) => HOST_KEYS.has(key)).map(([, value]) => value);
  const ports = settings.filter(([key]) => PORT_KEYS.has(key)).map(([, value]) => value);
  const [host, another] = hosts;
  if (host === undefined || another !== undefined || ports.length > 1) return [];
  const ends = serverEnds(host);
  if (ports[0] === undefined || ends.some(({ port }) => port !== undefined)) return ends;
  const numbers = ports[0].split(',');
  return numbers.length === 1 || numbers.length === ends.length
    ? endsOf(ends.map((end, index) => `${end.host}:${numbers[numbers.length === 1 ? 0 : index]}`))
    : [];
}

/** The settings in their order; empty where one part of the text is none. */
function parsed(text: string): readonly (readonly [key: string, value: string])[] {
  const form = text.includes(';') ? WITH_SEMICOLONS : WITH_SPACES;
  const settings: [string, string][] = [];
  form.lastIndex = 0;
  let end = 0;
  for (let found = form.exec(text); found !== null && found[0] !== ''; found = form.exec(text)) {
    settings.push([(found[1] ?? '').replace(/\s/g, '').toLowerCase(), unquoted((found[2] ?? '').trim())]);
    end = form.lastIndex;
  }
  return text.slice(end).trim() === '' ? settings : [];
}

function unquoted(value: string): string {
  return /^(?:\{.*\}|".*"|'.*')$/s.test(value) ? value.slice(1, -1).trim() : value;
}

/** What the setting of the host says: `tcp:h,1433`, `h1,h2`, a URL, a descriptor, `h:1521/service`. */
function serverEnds(value: string): readonly End[] {
  if (value.includes('@')) return [];
  if (isDescriptor(value)) return descriptorEnds(value);
  const url = /^[a-z][\w+.-]*:\/\/([^/?#;]*)\/?$/i.exec(value)?.[1];
  if (url !== undefined) return endList(url);
  return endList(value.replace(/^(?:tcp|admin):/i, '').replace(/^([^/]+:\d+)\/[^/]+$/, '$1'));
}
