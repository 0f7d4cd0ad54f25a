import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
import { describeWithPrograms, run } from './tools';

describeWithPrograms(['python3'], 'the refresher of nftables', () => {
  it('passes its own tests', () => {
    const env = { PLR_FORWARDER: dirname(forwarderFile('refresh.py')) };
    const { status, stderr } = run('python3', ['-B', `${__dirname}/refresh_test.py`], { env });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    // As many as there are: a file that runs none is no proof.
    expect(Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])).toBeGreaterThanOrEqual(25);
  });
});
