import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
import { describeWithPrograms, run } from './tools';

const FOLDER = dirname(forwarderFile('updates.py'));

describeWithPrograms(['python3'], 'security updates', () => {
  it('take turns', () => {
    const { status, stderr } = run('python3', ['-B', `${__dirname}/updates_test.py`], {
      env: { PLR_FORWARDER: FOLDER },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])).toBeGreaterThanOrEqual(10);
  });
});
