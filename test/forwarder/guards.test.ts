import fc from 'fast-check';
import { expect, it } from 'vitest';
import { APPLY_TEMPLATE } from '../../src/forwarder';
import { runs } from '../support/runs';
import { APPLY, candidates, configured, SLOTS } from './guard-slots';
import { renderEach, type TargetVariables, target } from './render';
import { describeWithPrograms } from './tools';

/** What is made of the texts in other places: a server's name carries a hash of its host, the script one of everything. */
function withoutHashes(text: string): string {
  return text.replace(/\b[ah][0-9a-f]{8}(?:[0-9a-f]{8})?\b/g, 'HASH').replace(/\b[0-9a-f]{64}\b/g, 'HASH');
}

describeWithPrograms([], 'a text from outside', () => {
  it.each(Object.entries(SLOTS))('%s: is refused, or stands there as it is and nothing else changes', (_, slot) => {
    const shown = slot.shown ?? ((text: string) => text);
    const texts = fc.sample(candidates(slot.right), { numRuns: runs(25), seed: 7 }).filter((text) => text !== '');
    const [right, ...made] = renderEach(slot.template, [slot.right, ...texts].map(slot.with));
    expect(right).toContain(slot.right);
    const parts = withoutHashes(right ?? '').split(slot.right);
    const refused = made.filter((text) => text === null).length;
    expect(refused).toBeGreaterThan(texts.length / 4);
    for (const [i, text] of texts.entries()) {
      const rendering = made[i] ?? null;
      if (!slot.allowed.test(text)) expect({ text, rendering }).toEqual({ text, rendering: null });
      else if (rendering !== null) expect(withoutHashes(rendering)).toBe(parts.join(shown(text)));
    }
  });

  const resolvers = ['10.0.0.4', '10.0.0.4:53', 'fd00::1', '[fd00::1]:53'];

  it.each(['unbound.conf.tftpl', 'targets.json.tftpl'])('a name server of %s is an address', (name) => {
    const with_ = (text: string) => configured({ db: target(1, 'db.corp.example', 1) }, { resolvers: [text] });
    const texts = [...resolvers, ...fc.sample(candidates('10.0.0.4'), { numRuns: runs(40), seed: 7 })];
    const made = renderEach(name, texts.map(with_));
    expect(made.slice(0, resolvers.length).filter((text) => text === null)).toEqual([]);
    const taken = texts.filter((_, i) => made[i] !== null);
    expect(taken.filter((text) => !/^[0-9a-fA-F.:[\]]+$/.test(text))).toEqual([]);
    const lines = new Set(made.flatMap((text) => (text === null ? [] : [text.split('\n').length])));
    expect(lines.size).toBe(1);
  });

  it('an engine and an egress are one of those that there are', () => {
    const engines = renderEach(
      APPLY_TEMPLATE,
      ['haproxy', 'nginx', 'nftables', 'squid', "haproxy'; reboot; '"].map((engine) => ({ ...APPLY, engine })),
    );
    expect(engines.map((text) => text !== null)).toEqual([true, true, true, false, false]);
    for (const template of ['packages.sh.tftpl', 'setup.sh.tftpl']) {
      const egress = renderEach(
        template,
        ['nat', 'mirror', 'image', 'none', 'all', 'nat"; reboot'].map((text) =>
          configured({}, { packages: [], egress: text }),
        ),
      );
      expect(egress.map((text) => text !== null)).toEqual([true, true, true, true, false, false]);
    }
  });

  it('a port and a time are numbers', () => {
    const with_ = (port: unknown) =>
      configured({ db: { ...target(1, 'db.corp.example', 1), port } as TargetVariables });
    for (const template of ['haproxy.cfg.tftpl', 'nginx.conf.tftpl']) {
      const made = renderEach(template, [10000, '10000', '1;', '1\n2', 'x', null].map(with_));
      expect(made.map((text) => text !== null)).toEqual([true, true, false, false, false, false]);
    }
  });
});
