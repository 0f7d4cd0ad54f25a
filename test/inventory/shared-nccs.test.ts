import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { VALID } from '../corpus/mistake';
import { withFiles } from './support';

const FOREIGN_ACCOUNT = '{ accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }';
/** The two environments of `VALID`, each with names and workspaces of its own unless `dev` says otherwise. */
const PROD = overlay('{ name: a-prod, workspaceIds: ["11"] }', '{ name: r-prod, id: null, workspaceIds: [12] }');

function overlay(analytics: string, reporting: string): string {
  return `routers: { analytics: { ncc: ${analytics} }, reporting: { ncc: ${reporting} } }\n`;
}

function findings(files: Readonly<Record<string, string>>, env?: string): readonly string[] {
  return withFiles({ 'plr.yaml': VALID, 'plr.prod.yaml': PROD, ...files }, (cwd) =>
    loadInventory({ file: 'plr.yaml', cwd, ...(env === undefined ? {} : { env }), besideOthers: true }).diagnostics.map(
      ({ code, severity, path }) => `${code} ${severity} ${path}`,
    ),
  );
}

const own = (analytics: string, reporting = '{ name: r-dev, id: null, workspaceIds: [22] }') => ({
  'plr.dev.yaml': overlay(analytics, reporting),
});

describe('what environments must not share', () => {
  it('is nothing where each has its own', () => {
    expect(findings(own('{ name: a-dev, workspaceIds: [21] }'), 'dev')).toEqual([]);
    expect(findings(own('{ name: a-dev, workspaceIds: [21] }'), 'prod')).toEqual([]);
  });

  it('a workspace, also written as a number here and as a text there', () => {
    const files = own('{ name: a-dev, workspaceIds: [21, 11] }');
    expect(findings(files, 'dev')).toEqual(['PLR1329 error routers.analytics.ncc.workspaceIds.1']);
    expect(findings(files, 'prod')).toEqual(['PLR1329 error routers.analytics.ncc.workspaceIds.0']);
  });

  it('a workspace of the router beside, in the other environment', () => {
    const files = own('{ name: a-dev, workspaceIds: [12] }');
    expect(findings(files, 'dev')).toEqual(['PLR1329 error routers.analytics.ncc.workspaceIds.0']);
  });

  it('a workspace that is bound to two NCCs by id', () => {
    const id = (digit: number) => `${String(digit).repeat(8)}-2222-4333-8444-555555555555`;
    const prod = {
      'plr.prod.yaml': overlay('{ name: a-prod, workspaceIds: [11] }', `{ id: ${id(3)}, workspaceIds: [5] }`),
    };
    const files = (digit: number) => ({
      ...prod,
      ...own('{ name: a-dev, workspaceIds: [21] }', `{ id: ${id(digit)}, workspaceIds: [5] }`),
    });
    expect(findings(files(4), 'dev')).toEqual(['PLR1329 error routers.reporting.ncc.workspaceIds.0']);
    expect(findings(files(3), 'dev')).toEqual([]);
  });

  it('an NCC that both make, unless region or account differ', () => {
    const twice = own('{ name: a-prod, workspaceIds: [11] }');
    expect(findings(twice, 'dev')).toEqual(['PLR1330 warning routers.analytics.ncc.name']);
    const elsewhere = `routers: { analytics: { databricks: ${FOREIGN_ACCOUNT}, ncc: { name: a-prod, workspaceIds: [31] } }, reporting: { ncc: { name: r-dev, id: null, workspaceIds: [22] } } }\n`;
    expect(findings({ 'plr.dev.yaml': elsewhere }, 'dev')).toEqual([]);
  });

  it('nothing with an inventory that is never deployed itself, which is told that it could be', () => {
    const same = overlay('{ name: a-dev }', '{ name: r-dev, id: null }');
    expect(findings({ 'plr.dev.yaml': same }, 'dev')).toEqual([]);
    expect(findings({ 'plr.dev.yaml': same })).toEqual(['PLR1331 warning routers']);
    const lock = { 'plr.lock.json': '{}' };
    expect(findings({ ...lock, 'plr.dev.yaml': same }, 'dev')).toEqual(
      [0, 1]
        .map((index) => `PLR1329 error routers.analytics.ncc.workspaceIds.${index}`)
        .concat(
          // The inventory names the second NCC by id, the overlay makes one.
          'PLR1329 warning routers.reporting.ncc.workspaceIds.0',
        ),
    );
    expect(findings({ ...lock, 'plr.dev.yaml': '{}' })).toEqual(['PLR1330 warning routers.analytics.ncc.name']);
  });

  it('is not looked for in what is broken', () => {
    expect(findings({ 'plr.dev.yaml': 'routers: { analytics: { ncc: [] } }' }, 'prod')).toEqual([]);
    expect(findings({ 'plr.dev.yaml': '[' }, 'prod')).toEqual([]);
  });
});
