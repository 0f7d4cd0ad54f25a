import { describe, expect, it } from 'vitest';
import { choicesFromEnvironment, frozenByDefault } from '../../src/app';

describe('choices from the environment', () => {
  it.each([
    [{}, false],
    [{ CI: '' }, false],
    [{ CI: 'false' }, false],
    [{ CI: '0' }, false],
    [{ CI: 'No' }, false],
    [{ CI: 'OFF' }, false],
    [{ CI: 'true' }, true],
    [{ CI: '1' }, true],
  ])('%j is frozen by default: %s', (env, frozen) => {
    expect(frozenByDefault(env)).toBe(frozen);
    expect(choicesFromEnvironment(env)).toEqual({ file: 'privatelink-router.yaml', frozen });
  });

  it('are those of cdktf synth where it gives any', () => {
    expect(choicesFromEnvironment({ PLR_INVENTORY: 'a.yaml', PLR_ENV: 'prod', PLR_FROZEN: 'true' })).toEqual({
      file: 'a.yaml',
      env: 'prod',
      frozen: true,
    });
  });

  it.each([
    [{ CI: 'true', PLR_FROZEN: 'false' }, false],
    [{ CI: 'true', PLR_FROZEN: '' }, true],
    [{ CI: 'true', PLR_FROZEN: 'no' }, false],
    [{ CI: '0', PLR_FROZEN: '' }, false],
    [{ PLR_FROZEN: '1' }, true],
  ])('%j: frozen is %s', (env, frozen) => {
    expect(choicesFromEnvironment(env).frozen).toBe(frozen);
  });

  it('takes an empty value for none', () => {
    expect(choicesFromEnvironment({ PLR_INVENTORY: '', PLR_ENV: '' })).toEqual({
      file: 'privatelink-router.yaml',
      frozen: false,
    });
  });
});
