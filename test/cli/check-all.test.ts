import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model';
import { BuiltCommand, inventoryText, Scratch, THREE } from './harness';

const command = new BuiltCommand();
const scratch = new Scratch();
afterAll(() => {
  command.remove();
  scratch.remove();
});

const BASE = inventoryText(THREE);
/** What each environment has of its own, so that the inventory alone is refused. */
const SHARED = BASE.replace('      vpcId: vpc-0a1b2c3d4e5f60718\n', '').replace(/ {4}ncc: .*\n/, '');
const overlay = (ncc: string, more = ''): string =>
  `routers: { analytics: { aws: { vpcId: vpc-0a1b2c3d4e5f60718 }, ncc: ${ncc}${more} } }\n`;
const DEV = overlay('{ name: analytics-dev, workspaceIds: [1] }');
const PROD = overlay('{ name: analytics-prod, workspaceIds: [2] }');
const CHECK = ['check', '--all-envs'];

interface Document {
  readonly version: number;
  readonly environments: readonly { readonly name: string | null }[];
  readonly diagnostics: readonly Diagnostic[];
}

function checked(files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const folder = scratch.folder(files);
  const { code, stdout } = command.run(folder, [...CHECK, '--format', 'json', ...args]);
  const document = JSON.parse(stdout) as Document;
  const found = document.diagnostics.map(({ code: name, severity, file }) => `${name} ${severity} ${file}`);
  return { code, document, found };
}

const FILE = 'privatelink-router.yaml';
const overlays = (dev: string, prod: string, base = SHARED): Record<string, string> => ({
  [FILE]: base,
  'privatelink-router.dev.yaml': dev,
  'privatelink-router.prod.yaml': prod,
});

describe('check --all-envs', () => {
  it('is fine where each environment has its own, though the inventory alone would be refused', () => {
    const folder = scratch.folder(overlays(DEV, PROD));
    expect(command.run(folder, ['check']).code).toBe(1);
    const { code, stdout, stderr } = command.run(folder, CHECK);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^dev: fine: .*3 targets.*\n.*\nprod: fine: .*3 targets/);
    expect(checked(overlays(DEV, PROD)).document).toEqual({
      version: 1,
      environments: [{ name: 'dev' }, { name: 'prod' }],
      diagnostics: [],
    });
  });

  it('is check itself where there is no overlay', () => {
    const { code, document } = checked({ [FILE]: BASE });
    expect(code).toBe(0);
    expect(document).toEqual({ version: 1, environments: [{ name: null }], diagnostics: [] });
  });

  it('tells what all have once, with their names, and what one has in its own file', () => {
    const { code, document } = checked(
      overlays(
        DEV,
        overlay('{ name: analytics-prod, workspaceIds: [2] }', ', targets: { ledger: { port: 70000 } }'),
        SHARED.replace('ledger.corp.acme.com:1521', '8.8.8.8:1521'),
      ),
    );
    expect(code).toBe(1);
    expect(document.diagnostics.map(({ code: name, file }) => [name, file])).toEqual([
      ['PLR1104', 'privatelink-router.prod.yaml'],
      ['PLR1210', FILE],
    ]);
    expect(document.diagnostics[1]?.message).toContain('environments dev, prod');
  });

  it('refuses a workspace that two environments bind to different NCCs, with both places', () => {
    const { code, document, found } = checked(overlays(DEV, overlay('{ name: analytics-prod, workspaceIds: [2, 1] }')));
    expect(code).toBe(1);
    expect(found).toEqual(['PLR1329 error privatelink-router.dev.yaml', 'PLR1329 error privatelink-router.prod.yaml']);
    expect(document.diagnostics[1]?.message).toContain('The workspace 1 is bound to the NCC analytics-prod here');
    expect(document.diagnostics[1]?.message).toContain(
      'the NCC analytics-dev in the environment dev (analytics, privatelink-router.dev.yaml:1)',
    );
  });

  it('says the same to whoever checks, plans or synthesizes one environment alone', () => {
    const folder = scratch.folder(overlays(DEV, overlay('{ name: analytics-prod, workspaceIds: [2, 1] }')));
    for (const name of ['check', 'plan', 'synth']) {
      const { code, stderr } = command.run(folder, [name, '--env', 'prod']);
      expect(code).toBe(1);
      expect(stderr).toContain('PLR1329');
    }
  });

  it('warns where the files do not show whether two NCCs are one', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    expect(checked(overlays(DEV, overlay(`{ id: ${id}, workspaceIds: [1] }`)))).toMatchObject({
      code: 0,
      found: ['PLR1329 warning privatelink-router.dev.yaml', 'PLR1329 warning privatelink-router.prod.yaml'],
    });
    expect(
      checked(overlays(overlay(`{ id: ${id}, workspaceIds: [1] }`), overlay(`{ id: ${id}, workspaceIds: [1] }`))),
    ).toMatchObject({ code: 0, found: [] });
  });

  it('warns of one NCC that two environments make, and not of one name in two regions', () => {
    const { code, found } = checked(overlays(DEV, overlay('{ name: analytics-dev, workspaceIds: [2] }')));
    expect(code).toBe(0);
    expect(found).toEqual([
      'PLR1330 warning privatelink-router.dev.yaml',
      'PLR1330 warning privatelink-router.prod.yaml',
    ]);
    const elsewhere = overlay('{ name: analytics-dev, workspaceIds: [2] }').replace(
      'aws: {',
      'aws: { region: eu-west-1,',
    );
    expect(checked(overlays(DEV, elsewhere)).found).toEqual([]);
  });

  it('warns of an inventory that could be deployed by accident, until it has a lock or lacks something', () => {
    const files = overlays(DEV, PROD, BASE);
    const { code, document, found } = checked(files);
    expect(code).toBe(0);
    expect(found).toEqual([`PLR1331 warning ${FILE}`]);
    expect(document.diagnostics[0]?.message).toContain('beside dev, prod');
    const folder = scratch.folder(files);
    expect(command.run(folder, ['lock']).code).toBe(0);
    const locked = command.run(folder, [...CHECK, '--format', 'json']);
    expect(JSON.parse(locked.stdout)).toEqual({
      version: 1,
      environments: [{ name: null }, { name: 'dev' }, { name: 'prod' }],
      diagnostics: [],
    });
  });

  it('counts an inventory with a lock among its environments', () => {
    const folder = scratch.folder(
      overlays(overlay('{ name: analytics-dev, workspaceIds: [1234567890123456] }'), PROD, BASE),
    );
    expect(command.run(folder, ['check', '--env', 'dev']).code).toBe(0);
    expect(command.run(folder, ['lock']).code).toBe(0);
    const { code, stderr } = command.run(folder, CHECK);
    expect(code).toBe(1);
    expect(stderr).toMatch(/PLR1329[\s\S]*PLR1329/);
    expect(stderr).toContain('without an environment');
  });

  it('takes no --env beside it', () => {
    const { code, stderr } = command.run(scratch.folder(overlays(DEV, PROD)), [...CHECK, '--env', 'dev']);
    expect(code).toBe(2);
    expect(stderr).toContain('give one of the two');
  });
});
