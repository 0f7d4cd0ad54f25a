import { describe, expect, it } from 'vitest';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

const DOMAIN = 'domain: legacy.corp.example';

/** The loaded inventory with this line in place of the domain of `legacy`, and these of the router. */
const load = (line: string, router = 'approval: terraform') =>
  loadText(VALID.replace(DOMAIN, line).replace('approval: terraform', router));

describe('domains of a target', () => {
  it('are sorted, whatever their order and letter case in the file', () => {
    const [one, other] = ['[b.corp.example, a.corp.example]', '[A.corp.example., B.corp.example]'].map(
      (list) => load(`domains: ${list}`).inventory,
    );
    expect(one?.routers[0]?.targets.find(({ name }) => name === 'legacy')?.domains).toEqual([
      'a.corp.example',
      'b.corp.example',
    ]);
    expect(other).toEqual(one);
  });

  it('and the shared name of the router exclude each other, as a domain of its own does not', () => {
    const shared = 'domains: { shared: db.corp.example }';
    const { diagnostics } = load('domains: [a.corp.example, b.corp.example]', shared);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'PLR1110', fix: 'Remove one of the two, or give the target a single domain.' },
    ]);
    expect(load(DOMAIN, shared).inventory).toBeDefined();
  });
});
