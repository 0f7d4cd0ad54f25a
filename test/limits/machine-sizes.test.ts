import { describe, expect, it } from 'vitest';
import { DEFAULT_SIZE } from '../../src/inventory/schema/forwarder';
import { type MachineSize, machineSize, sizesWith } from '../../src/limits';

/** As Microsoft's pages of sizes have them: processors, GiB, premium disks, Trusted Launch, accelerated networking. */
const KNOWN: readonly (readonly [string, number, number, boolean, boolean, boolean])[] = [
  ['Standard_D2s_v5', 2, 8, true, true, true],
  ['Standard_D96s_v5', 96, 384, true, true, true],
  ['Standard_D2_v4', 2, 8, false, true, true],
  ['Standard_D4a_v4', 4, 16, false, true, true],
  ['Standard_D2s_v3', 2, 8, true, true, false],
  ['Standard_D4s_v3', 4, 16, true, true, true],
  ['Standard_D2_v3', 2, 8, false, false, false],
  ['Standard_D2_v2', 2, 7, false, false, true],
  ['Standard_D3_v2', 4, 14, false, false, true],
  ['Standard_DS1_v2', 1, 3.5, true, true, false],
  ['Standard_DS2_v2', 2, 7, true, true, true],
  ['Standard_DS13-2_v2', 2, 56, true, true, true],
  ['Standard_D2', 2, 7, false, false, false],
  ['Standard_D2ls_v6', 2, 4, true, true, true],
  ['Standard_D2ps_v5', 2, 8, true, false, true],
  ['Standard_D64ps_v5', 64, 208, true, false, true],
  ['Standard_D2ps_v6', 2, 8, true, true, true],
  ['Standard_D2plds_v6', 2, 4, true, true, true],
  ['Standard_A2_v2', 2, 4, false, false, false],
  ['Standard_A2m_v2', 2, 16, false, false, false],
  ['Standard_A3', 4, 7, false, false, false],
  ['Standard_B1ls', 1, 0.5, true, true, false],
  ['Standard_B2ms', 2, 8, true, true, false],
  ['Standard_B12ms', 12, 48, true, true, true],
  ['Standard_B2ats_v2', 2, 1, true, true, true],
  ['Standard_B2as_v2', 2, 8, true, true, true],
  ['Standard_E4-2s_v5', 2, 32, true, true, true],
  ['Standard_E64s_v4', 64, 504, true, true, true],
  ['Standard_F2s_v2', 2, 4, true, true, false],
  ['Standard_F4s_v2', 4, 8, true, true, true],
  ['Standard_F4as_v6', 4, 16, true, true, true],
  ['Standard_DC2as_v5', 2, 8, true, false, false],
];

describe('sizes of machines', () => {
  it.each(KNOWN)('%s', (name, vcpus, memoryGiB, premiumDisks, trustedLaunch, acceleratedNetworking) => {
    expect(machineSize(name)).toEqual({ vcpus, memoryGiB, premiumDisks, trustedLaunch, acceleratedNetworking });
  });

  it.each(['Standard_D2s_v9', 'Standard_X4s_v5', 'Standard_D2xs_v5', 'Standard_B3s', 'Standard_D9_v2', 'D2s_v5', ''])(
    'of %s nothing is said',
    (name) => {
      expect(machineSize(name)).toBeUndefined();
    },
  );

  it.each<readonly [string, (size: MachineSize) => boolean]>([
    ['Trusted Launch', (size) => size.trustedLaunch],
    ['no Trusted Launch', (size) => !size.trustedLaunch],
    ['accelerated networking', (size) => size.acceleratedNetworking],
    ['no accelerated networking', (size) => !size.acceleratedNetworking],
  ])('as a pattern are the same: %s', (_what, has) => {
    const pattern = sizesWith(has);
    const families = ['A', 'B', 'D', 'DS', 'DC', 'E', 'EC', 'F', 'X'];
    const numbers = ['1', '2', '3', '4', '8', '11', '12', '16', '64', '96', '8-2', '8-4', '16-1', '0'];
    const ends = ['', 's', 'as', 'm', 'ms', 'ls', 'ats', 'ps', 'pls', 'ads', 'd', 'ds', 'a', 'bs', 'als', 'xs'];
    const versions = ['', '_v2', '_v3', '_v4', '_v5', '_v6', '_v7', '_v9'];
    const names = families.flatMap((family) =>
      numbers.flatMap((number) =>
        ends.flatMap((end) => versions.map((version) => `Standard_${family}${number}${end}${version}`)),
      ),
    );
    const wrong = names.filter((name) => {
      const size = machineSize(name);
      return pattern.test(name) !== (size !== undefined && has(size));
    });
    expect(wrong).toEqual([]);
  });

  it('know the default', () => {
    expect(machineSize(DEFAULT_SIZE)).toMatchObject({ trustedLaunch: true, acceleratedNetworking: true });
  });
});
