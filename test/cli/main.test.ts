import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../../src/cli/io';
import { styleOf } from '../../src/cli/io';
import { main } from '../../src/cli/main';
import { withProgress } from '../../src/cli/progress';

const check = vi.hoisted(() => vi.fn());
vi.mock('../../src/cli/commands/check', () => ({ check }));

/** Streams that keep what is written. */
class Memory {
  public out = '';
  public err = '';

  public io(env: NodeJS.ProcessEnv = {}, terminal = false): Io {
    return {
      stdout: { isTTY: terminal, columns: 80, write: (text: string) => (this.out += text) },
      stderr: { isTTY: terminal, columns: 80, write: (text: string) => (this.err += text) },
      env,
    };
  }
}

let memory: Memory;
beforeEach(() => {
  memory = new Memory();
  check.mockReset();
});

describe('a defect of the program', () => {
  it('is one calm line that says how to report it', async () => {
    check.mockRejectedValue(new TypeError('x is \u001b[31mnot\na function'));
    expect(await main(['check'], memory.io())).toBe(1);
    expect(memory.err).toMatch(
      /^This is a defect of privatelink-router \d.*x is \\u001b\[31mnot\\u000aa function.*PLR_DEBUG=1.*\n$/,
    );
    expect(memory.out).toBe('');
  });

  it('shows its stack to who asks for it', async () => {
    check.mockRejectedValue(new TypeError('x is not a function'));
    expect(await main(['check'], memory.io({ PLR_DEBUG: '1' }))).toBe(1);
    expect(memory.err).toMatch(/\n {4}at /);
  });
});

it('what the operating system refuses is a finding, in JSON too', async () => {
  const refused = Object.assign(new Error("EACCES: permission denied, mkdir 'out'"), {
    code: 'EACCES',
    syscall: 'mkdir',
    path: 'out',
  });
  check.mockRejectedValue(refused);
  expect(await main(['check', '--format', 'json'], memory.io())).toBe(1);
  expect(memory.err).toContain('error PLR9002 out');
  expect(JSON.parse(memory.out)).toEqual({
    version: 1,
    diagnostics: [
      expect.objectContaining({ code: 'PLR9002', severity: 'error', file: 'out', message: refused.message }),
    ],
  });
});

describe('the look of a stream', () => {
  const look = (terminal: boolean, env: NodeJS.ProcessEnv = {}) => {
    const { width, colors } = styleOf(memory.io(env, terminal).stdout, env);
    return [width, colors.isColorSupported];
  };

  it.each([
    [true, {}, [80, true]],
    [true, { NO_COLOR: '1' }, [80, false]],
    [true, { NO_COLOR: '' }, [80, true]],
    [true, { TERM: 'dumb' }, [80, false]],
    [true, { COLUMNS: '132' }, [132, true]],
    [true, { COLUMNS: '3' }, [20, true]],
    [true, { COLUMNS: 'wide' }, [80, true]],
    [false, {}, [Number.POSITIVE_INFINITY, false]],
    [false, { CI: 'true' }, [Number.POSITIVE_INFINITY, false]],
    [false, { FORCE_COLOR: '1' }, [Number.POSITIVE_INFINITY, true]],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, [Number.POSITIVE_INFINITY, false]],
    [true, { FORCE_COLOR: '0' }, [80, false]],
  ])('terminal %s with %j has width and colours %j', (terminal, env, expected) => {
    expect(look(terminal, env)).toEqual(expected);
  });
});

describe('progress', () => {
  it('is silent where the work is short', async () => {
    const result = await withProgress('looking', memory.io({}, true), async (report) => {
      report(1, 2);
      return 'done';
    });
    expect([result, memory.err]).toEqual(['done', '']);
  });

  it('rewrites one line of a terminal and takes it away, also after a failure', async () => {
    vi.useFakeTimers();
    try {
      const failed = withProgress('looking', memory.io({}, true), async (report) => {
        report(1, 3);
        await vi.advanceTimersByTimeAsync(1001);
        report(2, 3);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
    } finally {
      vi.useRealTimers();
    }
    expect(memory.err).toBe('\r\u001b[Klooking: 1 of 3\r\u001b[Klooking: 2 of 3\r\u001b[K');
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});
