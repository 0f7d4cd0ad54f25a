import { describe, expect, it } from 'vitest';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

const GROUP = '- sg-0a1b2c3d4e5f60718';
const FOREIGN = '210987654321/sg-0b1c2d3e4f5061728';

describe('security groups of other accounts', () => {
  it('are told once in a router, however many targets are behind one', () => {
    const text = VALID.replace(GROUP, `- ${FOREIGN}`).replace(
      'preset: sqlserver',
      `preset: sqlserver\n        securityGroupIds: [${FOREIGN}, 333333333333/sg-0b1c2d3e4f5061728]`,
    );
    const { diagnostics, inventory } = loadText(text);
    expect(diagnostics.map(({ code, message }) => [code, /account (\d+)/.exec(message)?.[1]])).toEqual([
      ['PLR1333', '210987654321'],
      ['PLR1333', '333333333333'],
    ]);
    const targets = inventory?.routers.flatMap((router) => router.targets) ?? [];
    expect(targets.find(({ name }) => name === 'orders-db')?.securityGroupIds).toEqual([FOREIGN]);
  });

  it('are refused where the account is the own one, with the id to write', () => {
    const { diagnostics } = loadText(VALID.replace(GROUP, '- 123456789012/sg-0a1b2c3d4e5f60718'));
    expect(diagnostics.map(({ code, fix }) => [code, fix])).toEqual([['PLR1332', 'Write sg-0a1b2c3d4e5f60718.']]);
  });
});
