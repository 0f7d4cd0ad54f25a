import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { platform } from './platform';
import { buildStandIn, isStandIn } from './stand-in-mirror';

export type ProviderName = 'aws' | 'azurerm' | 'databricks' | 'dns';

/** What the emitted configuration asks for; the ranges are those of its `required_providers`. */
export const PROVIDERS: Readonly<
  Record<ProviderName, { readonly source: string; readonly from: string; readonly below: string }>
> = {
  aws: { source: 'registry.terraform.io/hashicorp/aws', from: '5.100.0', below: '7.0.0' },
  azurerm: { source: 'registry.terraform.io/hashicorp/azurerm', from: '4.59.0', below: '5.0.0' },
  databricks: { source: 'registry.terraform.io/databricks/databricks', from: '1.121.0', below: '2.0.0' },
  dns: { source: 'registry.terraform.io/hashicorp/dns', from: '3.4.0', below: '4.0.0' },
};

/** The providers that the stacks of each cloud need. */
export const PROVIDERS_OF = {
  aws: ['aws', 'databricks', 'dns'],
  azure: ['azurerm', 'databricks'],
} as const satisfies Readonly<Record<string, readonly ProviderName[]>>;

/** Where one provider comes from in this run. */
export interface ProviderChoice {
  readonly name: ProviderName;
  readonly source: string;
  /** `download`: nothing here has it, `terraform init` is to fetch it. */
  readonly kind: 'mirror' | 'stand-in' | 'download';
  readonly version?: string;
  /** The filesystem mirror that has it. */
  readonly mirror?: string;
}

function numbers(version: string): readonly number[] {
  return version.split('.').map(Number);
}

function compare(left: string, right: string): number {
  const [a, b] = [numbers(left), numbers(right)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The newest version in range that a mirror holds for this platform, unpacked or as an archive. */
function newest(mirror: string, name: ProviderName): string | undefined {
  const { source, from, below } = PROVIDERS[name];
  const versions = list(join(mirror, source)).flatMap((entry) => {
    const packed = new RegExp(`^terraform-provider-${name}_(\\d+\\.\\d+\\.\\d+)_${platform()}\\.zip$`).exec(entry);
    if (packed?.[1] !== undefined) return [packed[1]];
    const unpacked = join(mirror, source, entry, platform());
    return /^\d+\.\d+\.\d+$/.test(entry) && existsSync(unpacked) && !isStandIn(unpacked) ? [entry] : [];
  });
  return versions
    .filter((version) => compare(version, from) >= 0 && compare(version, below) < 0)
    .sort(compare)
    .at(-1);
}

/** Folders that an existing CLI configuration names: mirrors and the cache of downloads have the same layout. */
function configuredMirrors(): readonly string[] {
  const files = [process.env.TF_CLI_CONFIG_FILE, join(homedir(), '.terraformrc'), join(homedir(), '.tofurc')];
  return files.flatMap((file) => {
    if (file === undefined || !existsSync(file)) return [];
    const text = readFileSync(file, 'utf8');
    const blocks = [...text.matchAll(/filesystem_mirror\s*\{[^}]*?\bpath\s*=\s*"([^"]+)"/g)];
    const caches = [...text.matchAll(/plugin_cache_dir\s*=\s*"([^"]+)"/g)];
    return [...blocks, ...caches].map((match) => (match[1] ?? '').replace(/^(~|\$HOME)(?=\/)/, homedir()));
  });
}

/** Terraform's implied local mirrors. */
function impliedMirrors(): readonly string[] {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  const shared = (process.env.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share').split(delimiter);
  const folders = [data, ...shared, '/usr/local/share', '/usr/share'].map((folder) =>
    join(folder, 'terraform', 'plugins'),
  );
  return [resolve('terraform.d', 'plugins'), join(homedir(), '.terraform.d', 'plugins'), ...folders];
}

const NOT_SEARCHED = new Set([
  'proc',
  'sys',
  'dev',
  'run',
  'tmp',
  'boot',
  'lib',
  'lib64',
  'node_modules',
  '.git',
  '.terraform',
]);

/** Folders with a `registry.terraform.io` in them, a few levels below the root and the home folder. */
function foundMirrors(): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number): void => {
    let entries: readonly { readonly name: string; isDirectory(): boolean }[] = [];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      if (!entry.isDirectory() || NOT_SEARCHED.has(entry.name)) continue;
      if (entry.name === 'registry.terraform.io') found.push(folder);
      else if (depth > 1) visit(join(folder, entry.name), depth - 1);
    }
  };
  visit('/', 4);
  visit(homedir(), 3);
  return found;
}

/** Folders that may hold providers, the ones that somebody named first. */
export function mirrors(): readonly string[] {
  const named = [process.env.TF_PLUGIN_MIRROR, process.env.TF_PLUGIN_CACHE_DIR].filter(
    (folder) => folder !== undefined,
  );
  return [...new Set([...named, ...configuredMirrors(), ...impliedMirrors(), ...foundMirrors()])].filter(existsSync);
}

/** What `terraform providers schema -json` said of each provider (test/terraform/schemas/README.md). */
function schemaFile(name: ProviderName): string {
  return resolve(__dirname, '..', 'schemas', `${name}.json`);
}

/**
 * Where each provider comes from: the real one from a mirror, else our stand-in with the real one's schema; for aws, which
 * has none, a download. A stand-in is built below `folder`.
 */
export function chooseProviders(
  folder: string,
  candidates = mirrors(),
  names = Object.keys(PROVIDERS) as readonly ProviderName[],
): readonly ProviderChoice[] {
  return names.map((name) => {
    const { source, from } = PROVIDERS[name];
    for (const mirror of candidates) {
      const version = newest(mirror, name);
      if (version !== undefined) return { name, source, kind: 'mirror', version, mirror };
    }
    if (name === 'aws') return { name, source, kind: 'download' };
    const mirror = join(folder, 'stand-ins');
    buildStandIn({ mirror, source, version: from, name, schema: schemaFile(name) });
    return { name, source, kind: 'stand-in', version: from, mirror };
  });
}

/** For people: which provider was real. */
export function describeProviders(choices: readonly ProviderChoice[]): string {
  const words = { mirror: 'real (mirror)', download: 'real (download)', 'stand-in': '' };
  const parts = choices.map(({ name, kind, version }) =>
    kind === 'stand-in' ? `${name} schema stand-in` : [name, version, words[kind]].filter(Boolean).join(' '),
  );
  return `providers: ${parts.join(', ')}`;
}

/**
 * The same providers under the addresses that OpenTofu gives to those without a host name, `hashicorp/aws`: links below
 * `folder`. What has to be downloaded comes from OpenTofu's own registry.
 */
export function forOpenTofu(folder: string, choices: readonly ProviderChoice[]): readonly ProviderChoice[] {
  return choices.map((choice) => {
    const source = choice.source.replace('registry.terraform.io/', 'registry.opentofu.org/');
    if (choice.mirror === undefined) return { ...choice, source };
    const mirror = join(folder, 'opentofu-mirror');
    linkPackages(join(choice.mirror, choice.source), join(mirror, source));
    return { ...choice, source, mirror };
  });
}

/** Links to archives, and to unpacked packages in their versions' folders: a mirror is searched through no other link. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    const [found, link] = [join(from, entry), join(to, entry)];
    if (!statSync(found).isDirectory()) symlinkSync(found, link);
    else {
      mkdirSync(link);
      for (const one of readdirSync(found)) symlinkSync(join(found, one), join(link, one));
    }
  }
}

/** A CLI configuration that takes each provider from its own place and nothing from elsewhere. */
export function writeCliConfig(folder: string, choices: readonly ProviderChoice[]): string {
  const here = choices.filter((choice) => choice.mirror !== undefined);
  const blocks = here.map(
    ({ mirror, source }) =>
      `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = [${JSON.stringify(source)}]\n  }\n`,
  );
  const excluded = here.map(({ source }) => JSON.stringify(source)).join(', ');
  const cache = join(folder, 'plugin-cache');
  mkdirSync(cache, { recursive: true });
  const file = join(folder, 'terraform.tfrc');
  writeFileSync(
    file,
    [
      'disable_checkpoint = true',
      ...(choices.some(({ kind }) => kind === 'download') ? [`plugin_cache_dir = ${JSON.stringify(cache)}`] : []),
      `provider_installation {\n${blocks.join('')}  direct {\n    exclude = [${excluded}]\n  }\n}\n`,
    ].join('\n'),
  );
  return file;
}
