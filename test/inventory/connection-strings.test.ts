import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHost, parseHost } from '../../src/inventory/values/host';
import { loadText } from './support';

/** Code and fix of what stands in the place of a host. */
function answer(text: string): { code: string; message: string; fix: string } {
  const found = parseHost(text);
  if (isHost(found)) throw new Error(`${text} is taken for a host.`);
  return found;
}

const raw = String.raw;

describe('a connection string in the place of a host', () => {
  it.each([
    ['PLR1201', 'postgres://app:hunter2@db.corp.example:5432/app?sslmode=require', 'db.corp.example', 5432],
    ['PLR1201', 'postgresql://db.corp.example/app', 'db.corp.example', undefined],
    ['PLR1201', 'redis://:hunter2@cache.corp.example:6379/0', 'cache.corp.example', 6379],
    ['PLR1234', 'app:hunter2@db.corp.example:5432', 'db.corp.example', 5432],
    ['PLR1234', 'scott/tiger@ora.corp.example:1521/PDB', 'ora.corp.example', 1521],
    ['PLR1234', 'scott/tiger@//ora.corp.example:1521/PDB', 'ora.corp.example', 1521],
    ['PLR1234', '//ora.corp.example:1521/PDB', 'ora.corp.example', 1521],
    ['PLR1234', 'ora.corp.example:1521/ORCLPDB1', 'ora.corp.example', 1521],
    ['PLR1234', 'ora.corp.example:1521:ORCL', 'ora.corp.example', 1521],
    ['PLR1201', 'tcps://ora.corp.example:2484/PDB', 'ora.corp.example', 2484],
    ['PLR1234', 'tcp:sql07.corp.example,14331', 'sql07.corp.example', 14331],
    ['PLR1234', 'tcp:sql07.corp.example', 'sql07.corp.example', undefined],
    ['PLR1234', 'admin:sql07.corp.example,14331', 'sql07.corp.example', 14331],
    ['PLR1234', 'admin:hunter2@sql07.corp.example:14331', 'sql07.corp.example', 14331],
    ['PLR1234', 'lpc:sql07.corp.example', 'sql07.corp.example', undefined],
    ['PLR1234', raw`np:\\sql07.corp.example\pipe\sql\query`, 'sql07.corp.example', undefined],
    ['PLR1234', 'sql07.corp.example,14331', 'sql07.corp.example', 14331],
    ['PLR1234', 'sql07.corp.example, 14331', 'sql07.corp.example', 14331],
    ['PLR1234', raw`sql07.corp.example\INST1,14331`, 'sql07.corp.example', 14331],
    ['PLR1201', 'SASL_SSL://kafka.corp.example:9094', 'kafka.corp.example', 9094],
    ['PLR1201', 'jdbc:postgresql://db.corp.example:5432/app?user=me@corp&password=x', 'db.corp.example', 5432],
    ['PLR1201', 'jdbc:mysql://db.corp.example:3306/app', 'db.corp.example', 3306],
    ['PLR1201', 'jdbc:mysql://address=(host=db.corp.example)(port=3306)(user=x)/app', 'db.corp.example', 3306],
    ['PLR1201', 'jdbc:mysql://(host=db.corp.example,port=3306)/app', 'db.corp.example', 3306],
    ['PLR1201', 'jdbc:mariadb://db.corp.example:3306/app', 'db.corp.example', 3306],
    ['PLR1201', 'jdbc:sqlserver://sql.corp.example:1433;databaseName=erp;password=x', 'sql.corp.example', 1433],
    ['PLR1201', raw`jdbc:sqlserver://sql.corp.example\INST1;databaseName=erp`, 'sql.corp.example', undefined],
    ['PLR1201', 'jdbc:sqlserver://;serverName=sql.corp.example;portNumber=1444', 'sql.corp.example', 1444],
    ['PLR1201', 'jdbc:jtds:sqlserver://sql.corp.example:1433/erp;instance=x', 'sql.corp.example', 1433],
    ['PLR1201', 'jdbc:oracle:thin:@ora.corp.example:1521:ORCL', 'ora.corp.example', 1521],
    ['PLR1201', 'jdbc:oracle:thin:scott/tiger@//ora.corp.example:1521/PDB', 'ora.corp.example', 1521],
    ['PLR1201', 'jdbc:oracle:thin:@tcps://ora.corp.example:2484/PDB', 'ora.corp.example', 2484],
    [
      'PLR1201',
      'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora.corp.example)(PORT=1521))(CONNECT_DATA=(SID=x)))',
      'ora.corp.example',
      1521,
    ],
    [
      'PLR1234',
      'PROD = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = ora.corp.example)(PORT = 1521)))',
      'ora.corp.example',
      1521,
    ],
    ['PLR1201', 'jdbc:db2://db2.corp.example:50000/ERP:user=x;password=y;', 'db2.corp.example', 50000],
    ['PLR1201', 'jdbc:sap://hana.corp.example:30015/?user=x&password=y', 'hana.corp.example', 30015],
    ['PLR1201', 'jdbc:snowflake://acme.snowflakecomputing.com/?warehouse=x', 'acme.snowflakecomputing.com', undefined],
    ['PLR1201', 'jdbc:teradata://td.corp.example/DBS_PORT=1026,USER=x', 'td.corp.example', 1026],
    ['PLR1201', 'jdbc:sybase:Tds:syb.corp.example:5000/erp', 'syb.corp.example', 5000],
    ['PLR1201', 'jdbc:something:new://db.corp.example:99/x', 'db.corp.example', 99],
    ['PLR1234', 'Server=tcp:sql.corp.example,1433;Initial Catalog=My DB;Password={a;b=}', 'sql.corp.example', 1433],
    ['PLR1234', 'DATABASE=ERP;HOSTNAME=db2.corp.example;PORT=50000;UID=u;PWD=p', 'db2.corp.example', 50000],
    ['PLR1234', "host=pg.corp.example port=5432 dbname=app password='a b'", 'pg.corp.example', 5432],
    [
      'PLR1234',
      'Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora.corp.example)(PORT=1521)));Password=p',
      'ora.corp.example',
      1521,
    ],
    ['PLR1202', 'db.corp.example:5432', 'db.corp.example', 5432],
  ])('%s %s', (code, text, host, port) => {
    const found = answer(text);
    expect(found.code).toBe(code);
    expect(found.fix).toContain(`Write host: ${host}${port === undefined ? '.' : `, port: ${port}.`}`);
    if (port === undefined) expect(found.fix).not.toContain('port: ');
  });

  it.each([
    ['jdbc:postgresql://a.corp.example:5432,b.corp.example:5433/app', 5432, 5433],
    ['mongodb://app:hunter2@a.corp.example:27017,b.corp.example:27018/?replicaSet=rs0', 27017, 27018],
    ['jdbc:sap://a.corp.example:30015;b.corp.example:30016/', 30015, 30016],
    ['SASL_SSL://a.corp.example:9094,SASL_SSL://b.corp.example:9095', 9094, 9095],
    ['a.corp.example:9094,b.corp.example:9095', 9094, 9095],
    ['host=a.corp.example,b.corp.example port=5432,5433', 5432, 5433],
    ['bootstrap.servers=a.corp.example:9092,b.corp.example:9093', 9092, 9093],
    [
      '(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(HOST=a.corp.example)(PORT=1521))(ADDRESS=(HOST=b.corp.example)(PORT=1522))))',
      1521,
      1522,
    ],
  ])('that names several asks for a target for each: %s', (text, first, second) => {
    const { code, fix } = answer(text);
    expect(code).toBe('PLR1236');
    expect(fix).toContain(`host: a.corp.example, port: ${first}; host: b.corp.example, port: ${second}.`);
  });

  it.each([
    [
      'mongodb+srv://app:hunter2@cluster0.ab12.mongodb.example/?w=majority',
      '_mongodb._tcp.cluster0.ab12.mongodb.example',
    ],
    ['redis+srv://cache.corp.example', '_redis._tcp.cache.corp.example'],
  ])('with SRV records asks for the members: %s', (text, record) => {
    const { code, message, fix } = answer(text);
    expect(code).toBe('PLR1235');
    expect(message).toContain('SRV records');
    expect(fix).toContain(`nslookup -type=SRV ${record}`);
    expect(fix).not.toContain('Write host');
  });

  it('that is the name of SRV records is told as such', () => {
    expect(answer('_mongodb._tcp.cluster0.ab12.mongodb.example').code).toBe('PLR1235');
  });

  it('proposes nothing where host and password cannot be told apart', () => {
    for (const text of [
      'postgres://svc.app:1234/abc@db.corp.example/x',
      'postgres://u:a@b.example/d@db.corp.example/x',
      'amqp://u:p@a.corp.example,v:q@b.corp.example',
      'Server=a.corp.example;Password=x;Server=b.corp.example',
      'db.corp.example:70000',
      'db.corp.example:0',
      'db.corp.example:hunter2',
    ]) {
      expect(answer(text).fix, text).not.toMatch(/host: \S+\.\w/);
    }
  });

  it('in the short form of a target gets the same answer, and in a domain one without a port', () => {
    const diagnostics = (target: string) =>
      loadText(`version: 1\nrouters:\n  r1:\n    targets:\n      t: ${target}\n`).diagnostics.filter(({ path }) =>
        path.startsWith('routers.r1.targets.'),
      );
    for (const text of ['sql07.corp.example,14331', 'tcp:sql07.corp.example,14331']) {
      for (const target of [`'${text}'`, `{ host: '${text}', preset: sqlserver }`]) {
        expect(diagnostics(target).map(({ code }) => code)).toEqual(['PLR1234']);
        expect(diagnostics(target)[0]?.fix).toBe('Write host: sql07.corp.example, port: 14331.');
      }
    }
    const [domain] = diagnostics("{ host: 10.1.2.3, port: 1, domain: 'db.corp.example:5432' }");
    expect([domain?.code, domain?.fix]).toEqual(['PLR1202', 'Write domain: db.corp.example.']);
  });
});

/** What people fill in. None of these words is a host or a port, though many look like one at a glance. */
const word = fc.oneof(
  fc.constantFrom(
    'user',
    'me@corp',
    'ORCLPDB1',
    'hunter2',
    'p@ss/w:rd',
    '1;2',
    '',
    '%40',
    '{x}',
    'a=b',
    'x,y',
    '70000',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
);
const host = fc.constantFrom(
  'db.corp.example',
  'sql07.corp.example',
  '10.1.2.3',
  'db',
  'localhost',
  '',
  '*.corp.example',
);
const port = fc.oneof(fc.nat(70_000).map(String), fc.constantFrom('', 'x', '0', '5432-5440', '01'));
const template = fc.constantFrom(
  'W://W:W@H:P/W?W=W',
  'postgres://W:W@H:P,H:P/W',
  'mongodb+srv://W:W@H/W',
  'jdbc:W://H:P/W?W=W&password=W',
  'jdbc:sqlserver://H\\W:P;databaseName=W;W=W',
  'jdbc:oracle:thin:W/W@H:P:W',
  'jdbc:oracle:thin:@//H:P/W',
  'jdbc:W:H:P/W',
  '(DESCRIPTION=(ADDRESS=(PROTOCOL=W)(HOST=H)(PORT=P))(W=W))',
  'Server=tcp:H,P;Database=W;Password=W',
  'Driver={W};Server=H;Port=P;UID=W;PWD={W}',
  'host=H port=P user=W password=W',
  'tcp:H,P',
  'np:\\\\H\\W',
  'H\\W,P',
  'H:P',
  'H:P/W',
  '//H:P/W:W',
  'H,P',
  'H:P,H:P',
  'W:W@H:P',
  'W/W@H:P/W',
  'SASL_SSL://H:P,SASL_SSL://H:P',
);

/** A template with its letters filled in, each by a value of its own. */
const connection = template.chain((text) => {
  const slots = [...text.matchAll(/(?<![A-Za-z])[WHP](?![A-Za-z])/g)];
  const values = slots.map(([slot]) => (slot === 'W' ? word : slot === 'H' ? host : port));
  return fc.tuple(...values).map((filled) => {
    let next = 0;
    return text.replace(/(?<![A-Za-z])[WHP](?![A-Za-z])/g, () => String(filled[next++]));
  });
});

describe('whatever the connection string', () => {
  it('a proposed host is a name or an address, and a proposed port a number that a port can be', () => {
    let proposals = 0;
    fc.assert(
      fc.property(connection, (text) => {
        const found = parseHost(text);
        if (isHost(found)) return;
        for (const [, name = ''] of found.fix.matchAll(/host: ([^,;]*?)(?=[,;]|\.?(?:$| A password))/g)) {
          expect(isHost(parseHost(name)), `${text} → ${found.fix}`).toBe(true);
          proposals += 1;
        }
        for (const [, digits = ''] of found.fix.matchAll(/port: ([^,;. ]*)/g)) {
          expect(digits, `${text} → ${found.fix}`).toMatch(/^[1-9]\d{0,4}$/);
          expect(Number(digits)).toBeLessThanOrEqual(65535);
        }
      }),
      { numRuns: 3000 },
    );
    expect(proposals).toBeGreaterThan(200);
  });

  it('no text makes the parser slow', () => {
    for (const unit of ['a=', '(HOST=', ';', '@', 'a:', '://', ',', '{', "'", ' ', 'a.', '\\', '(ADDRESS=(', 'x,1']) {
      for (const start of ['', 'jdbc:', 'a://', '(DESCRIPTION=', 'Server=', 'host=']) {
        const begun = performance.now();
        parseHost(start + unit.repeat(5000));
        parseHost((start + unit.repeat(2000)).slice(0, 4000));
        expect(performance.now() - begun, start + unit).toBeLessThan(1000);
      }
    }
  });
});
