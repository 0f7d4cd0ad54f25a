import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
import { describeWithPrograms, run } from './tools';

describeWithPrograms(['python3', 'unshare'], 'what ends the sessions of removed targets', () => {
  it.each([
    ['drain_test.py', 19],
    ['drain_backends_test.py', 11],
  ])('passes %s', (name, least) => {
    // A network of its own: only its own connections are there to be ended.
    const inside = `ip link set lo up && python3 -B ${__dirname}/${name}`;
    const env = { PLR_FORWARDER: dirname(forwarderFile('drain.py')) };
    const { status, stderr } = run('unshare', ['-rn', 'sh', '-c', inside], { env });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])).toBeGreaterThanOrEqual(least);
  });
});
