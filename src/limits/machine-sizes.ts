/** What a size of machines has. */
export interface MachineSize {
  /** Processors that the machine sees: of a constrained size, such as Standard_E4-2s_v5, the second number. */
  readonly vcpus: number;
  /** GiB. */
  readonly memoryGiB: number;
  /** Takes premium disks. The forwarders have none; what Azure says of a size begins with it. */
  readonly premiumDisks: boolean;
  /** Starts with Secure Boot and a virtual TPM, as every forwarder does. */
  readonly trustedLaunch: boolean;
  readonly acceleratedNetworking: boolean;
}

/**
 * Sources, read 2026-11-29. Memory, premium disks and accelerated networking: the page of each series under
 * https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 *
 * Trusted Launch: https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes, which takes
 * no A-series, no Dv2 and Dv3 (without s), no Arm machines of the fifth version, no confidential machines.
 *
 * Accelerated networking of older series: from two processors on, or from four where two of them are one core,
 * https://learn.microsoft.com/azure/virtual-network/accelerated-networking-overview#supported-vm-instances
 */
interface Series {
  /** The letters behind the number of processors that the series' names have, as far as they are known here. */
  readonly features: readonly string[];
  readonly versions: readonly number[];
  /** GiB for each processor, and of the sizes that have another ratio, by their first number, all of it. */
  readonly memory: number;
  readonly except?: Readonly<Record<number, number>>;
  readonly trustedLaunch?: false;
  /** Processors from which on it is there; absent: every size has it. Infinity: none. */
  readonly acceleratedFrom?: number;
}

const NONE = Number.POSITIVE_INFINITY;

const D_FEATURES = ['', 's', 'd', 'ds', 'a', 'as', 'ads'] as const;
const ARM_D = { even: ['ps', 'pds'], low: ['pls', 'plds'] } as const;

/** By family. A size of a series that is not here is not known: nothing is said of it. */
const SERIES: Readonly<Record<string, readonly Series[]>> = {
  A: [
    { features: [''], versions: [2], memory: 2, trustedLaunch: false, acceleratedFrom: NONE },
    { features: ['m'], versions: [2], memory: 8, trustedLaunch: false, acceleratedFrom: NONE },
  ],
  B: [
    { features: ['s', 'as'], versions: [2], memory: 4 },
    { features: ['ls', 'als'], versions: [2], memory: 2 },
    { features: ['ts', 'ats'], versions: [2], memory: 0.5 },
  ],
  D: [
    { features: [''], versions: [3], memory: 4, trustedLaunch: false, acceleratedFrom: 4 },
    { features: ['s'], versions: [3], memory: 4, acceleratedFrom: 4 },
    { features: ['', 's', 'd', 'ds', 'a', 'as'], versions: [4], memory: 4 },
    { features: D_FEATURES, versions: [5], memory: 4 },
    { features: ['ls', 'lds'], versions: [5, 6, 7], memory: 2 },
    { features: ARM_D.even, versions: [5], memory: 4, except: { 64: 208 }, trustedLaunch: false },
    { features: ARM_D.low, versions: [5], memory: 2, trustedLaunch: false },
    { features: ['s', 'ds', 'as', 'ads', ...ARM_D.even], versions: [6], memory: 4 },
    { features: ['als', 'alds', ...ARM_D.low], versions: [6], memory: 2 },
    { features: ['s', 'ds', 'as', 'ads'], versions: [7], memory: 4 },
    { features: ['als', 'alds'], versions: [7], memory: 2 },
  ],
  DC: [{ features: ['as', 'ads'], versions: [5, 6], memory: 4, trustedLaunch: false, acceleratedFrom: NONE }],
  E: [
    { features: ['s'], versions: [3], memory: 8, except: { 64: 432 }, acceleratedFrom: 4 },
    { features: ['s', 'ds'], versions: [4], memory: 8, except: { 64: 504 } },
    { features: ['as'], versions: [4], memory: 8, except: { 96: 672 } },
    { features: ['s', 'ds', 'as', 'ads'], versions: [5], memory: 8, except: { 96: 672 } },
    { features: ['bs', 'bds'], versions: [5], memory: 8, except: { 96: 672 } },
  ],
  EC: [
    {
      features: ['as', 'ads'],
      versions: [5],
      memory: 8,
      except: { 96: 672 },
      trustedLaunch: false,
      acceleratedFrom: NONE,
    },
  ],
  F: [
    { features: ['s'], versions: [2], memory: 2, acceleratedFrom: 4 },
    { features: ['as', 'ads'], versions: [6, 7], memory: 4 },
    { features: ['als', 'alds'], versions: [6, 7], memory: 2 },
    { features: ['ams', 'amds'], versions: [6, 7], memory: 8 },
  ],
};

/** GiB of the first B-series, whose names do not say it; a network interface of these is accelerated from 12 processors on. */
const B_MEMORY: Readonly<Record<string, number>> = {
  B1ls: 0.5,
  B1s: 1,
  B1ms: 2,
  B2s: 4,
  B2ms: 8,
  B4ms: 16,
  B8ms: 32,
  B12ms: 48,
  B16ms: 64,
  B20ms: 80,
};
const B_ACCELERATED_FROM = 12;

/** Of A and D of old, the number counts sizes, not processors: processors and GiB. */
const OLD_A: Readonly<Record<number, readonly [vcpus: number, memoryGiB: number]>> = {
  0: [1, 0.75],
  1: [1, 1.75],
  2: [2, 3.5],
  3: [4, 7],
  4: [8, 14],
  5: [2, 14],
  6: [4, 28],
  7: [8, 56],
};
const OLD_D: Readonly<Record<number, readonly [vcpus: number, memoryGiB: number]>> = {
  1: [1, 3.5],
  2: [2, 7],
  3: [4, 14],
  4: [8, 28],
  5: [16, 56],
  11: [2, 14],
  12: [4, 28],
  13: [8, 56],
  14: [16, 112],
  15: [20, 140],
};

/** GiB for each processor of the first F-series, and its sizes. */
const F1_MEMORY = 2;
const F1_NUMBERS = [1, 2, 4, 8, 16];

const SIZE = /^Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:_v(\d+))?$/;

/**
 * What a size of machines has, told from its name: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 *
 * @returns undefined for a size that is not known here, of which nothing can be said
 */
export function machineSize(name: string): MachineSize | undefined {
  const [, family = '', number = '', constrained, features = '', v] = SIZE.exec(name) ?? [];
  const count = Number(number);
  const vcpus = constrained === undefined ? count : Number(constrained);
  const version = v === undefined ? 1 : Number(v);
  const premiumDisks = features.includes('s') || family === 'DS';
  if (version <= 2 && (family === 'D' || family === 'DS') && features === '') {
    return old(OLD_D[count], constrained, { premiumDisks, trustedLaunch: family === 'DS' && version === 2 }, version);
  }
  if (version === 1 && family === 'A' && features === '') {
    return old(OLD_A[count], constrained, { premiumDisks, trustedLaunch: false }, version);
  }
  if (version === 1 && family === 'B') {
    const memoryGiB = B_MEMORY[`B${number}${features}`];
    return memoryGiB === undefined || constrained !== undefined
      ? undefined
      : { vcpus, memoryGiB, premiumDisks, trustedLaunch: true, acceleratedNetworking: vcpus >= B_ACCELERATED_FROM };
  }
  if (
    version === 1 &&
    family === 'F' &&
    ['', 's'].includes(features) &&
    F1_NUMBERS.includes(count) &&
    constrained === undefined
  ) {
    return old([count, count * F1_MEMORY], constrained, { premiumDisks, trustedLaunch: true }, 2);
  }
  if (version === 1 || vcpus === 0) return undefined;
  const series = SERIES[family]?.find((one) => one.versions.includes(version) && one.features.includes(features));
  if (series === undefined) return undefined;
  return {
    vcpus,
    memoryGiB: series.except?.[count] ?? count * series.memory,
    premiumDisks,
    trustedLaunch: series.trustedLaunch ?? true,
    acceleratedNetworking: vcpus >= (series.acceleratedFrom ?? 1),
  };
}

/** Machines of the first version have no accelerated networking, those of the second from two processors on. */
function old(
  size: readonly [vcpus: number, memoryGiB: number] | undefined,
  constrained: string | undefined,
  rest: Pick<MachineSize, 'premiumDisks' | 'trustedLaunch'>,
  version: number,
): MachineSize | undefined {
  if (size === undefined) return undefined;
  const vcpus = constrained === undefined ? size[0] : Number(constrained);
  return { vcpus, memoryGiB: size[1], ...rest, acceleratedNetworking: version === 2 && vcpus >= 2 };
}

/**
 * The names of sizes that are known and have, or lack, something, for those who have to tell them in another language.
 *
 * @param has asked of each series' smallest and largest size: whatever depends on the number of processors alone is
 * `acceleratedNetworking`
 */
export function sizesWith(has: (size: MachineSize) => boolean): RegExp {
  return new RegExp(`^Standard_(${namePatterns(has).join('|')})$`);
}

/** For each series, the sizes of one constraint or none, whose number of processors decides. */
function namePatterns(has: (size: MachineSize) => boolean): readonly string[] {
  const named = [
    ...Object.keys(B_MEMORY),
    ...Object.keys(OLD_A).map((number) => `A${number}`),
    ...['D', 'DS'].flatMap((family) =>
      Object.keys(OLD_D).flatMap((number) => ['', '_v2'].map((version) => `${family}${number}${version}`)),
    ),
    ...F1_NUMBERS.flatMap((number) => ['', 's'].map((feature) => `F${number}${feature}`)),
  ].filter((name) => passes(name, has));
  const series = Object.entries(SERIES).flatMap(([family, all]) =>
    all.flatMap(({ features, versions, acceleratedFrom = 1 }) =>
      versions.flatMap((version) =>
        features.flatMap((feature) => {
          const end = `${feature}_v${version}`;
          const [few, many] = [passes(`${family}1${end}`, has), passes(`${family}128${end}`, has)];
          if (few && many) return [`${family}[1-9][0-9]*(-[1-9][0-9]*)?${end}`];
          // From so many processors on: of a constrained size, the second number counts.
          if (many) return [`${family}([0-9]+-)?([${acceleratedFrom}-9]|[1-9][0-9]+)${end}`];
          return few && acceleratedFrom > 1 ? [`${family}([0-9]+-)?[1-${acceleratedFrom - 1}]${end}`] : [];
        }),
      ),
    ),
  );
  return [...named, ...series];
}

function passes(name: string, has: (size: MachineSize) => boolean): boolean {
  const size = machineSize(`Standard_${name}`);
  return size !== undefined && has(size);
}
