import { describe, expect, it } from 'vitest';
import { PRESETS, renderPresetsMarkdown } from '../../src/inventory';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

/** What is said of these brokers, in a router with these further lines. */
function said(brokers: string, lines = ''): string[] {
  const text = VALID.replace(/ {4}targets:\n {6}crm: .*\n/, `${lines}    targets:\n${brokers}`);
  return loadText(text).diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`);
}
const broker = (name: string, more = ''): string =>
  `      ${name}: { host: ${name}.msk.acme.com, port: 9098, preset: kafka${more} }\n`;

describe('Kafka brokers', () => {
  it('on listener ports that are given out: a warning once for each router, with their names and when it works', () => {
    const found = said(broker('b-1') + broker('b-2') + broker('b-3', ', listenPort: 9003'));
    expect(found).toEqual([
      expect.stringMatching(/^PLR1250 warning .*each broker advertises.* of b-1, b-2 are given out/),
    ]);
  });

  it('on the port that they listen on and advertise: nothing to say', () => {
    expect(said(broker('b-1', ', listenPort: 9098'))).toEqual([]);
    expect(said(broker('b-1'), '    portStrategy: preserve\n')).toEqual([]);
  });

  it('that cannot all keep their port are warned of, as is one whose port another target has', () => {
    expect(said(broker('b-1') + broker('b-2'), '    portStrategy: preserve\n')).toEqual([
      expect.stringMatching(/^PLR1250 .* of b-1, b-2 are/),
    ]);
    const other = '      web: { host: web.acme.com, port: 443, listenPort: 9098 }\n';
    expect(said(broker('b-1') + other, '    portStrategy: preserve\n')).toEqual([expect.stringMatching(/^PLR1250/)]);
  });

  it('on a listener port or under a domain that they may advertise are reminded of it', () => {
    expect(said(broker('b-1', ', listenPort: 9001') + broker('b-2', ', listenPort: 9002'))).toEqual([
      expect.stringMatching(/^PLR1226 warning .*custom\.advertised\.listeners/),
    ]);
    expect(said(broker('b-1', ', listenPort: 9098, domain: b-1.acme.com'))).toEqual([
      expect.stringMatching(/^PLR1226/),
    ]);
  });

  it('that are disabled are no matter', () => {
    expect(said(`${broker('b-1', ', enabled: false')}      web: web.acme.com:443\n`)).toEqual([]);
  });
});

describe('servers that may send clients elsewhere', () => {
  const page = renderPresetsMarkdown();

  it.each([
    ['saphana', /databaseName.*tenant/],
    ['db2', /alternate server/],
    ['sqlserver', /named instance.*UDP 1434.*Read-only routing.*Redirect.*Proxy/],
  ])('are on the page of presets: %s', (name, words) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row).toMatch(words);
    expect(PRESETS.get(name)?.warning).toBeUndefined();
  });
});
