import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADDRESSES_PER_NAME,
  APPLY_TEMPLATE,
  BOOTSTRAP_TEMPLATE,
  ENGINES,
  type Engine,
  FORWARDER_PORTS,
  forwarderText,
  SETUP_FILES,
  SIZING,
  sessionKib,
  TEMPLATE_FILES,
} from '../../src/forwarder';

/** One target as the templates get it. */
export interface TargetVariables {
  readonly port: number;
  readonly host: string;
  readonly host_port: number;
  readonly literal: boolean;
  readonly hosts?: readonly { readonly host: string; readonly literal: boolean; readonly backup?: boolean }[];
  readonly route?: 'sni' | 'http';
  readonly names?: readonly string[];
  readonly path?: string;
  readonly idle_timeout: number;
  readonly max_connections: number;
  readonly drain: number;
  readonly check: {
    readonly protocol: string;
    readonly port: number;
    readonly path: string;
    readonly matcher: string;
    readonly host: string;
    readonly interval: number;
    readonly timeout: number;
    readonly rise: number;
    readonly fall: number;
  };
}

/** Everything that a stack hands to the templates. */
export interface ForwarderVariables {
  readonly engine: Engine;
  readonly targets: Readonly<Record<string, TargetVariables>>;
  readonly health_port: number;
  readonly ready_port: number;
  readonly metrics_port: number;
  readonly clients: readonly string[];
  readonly probes: readonly string[];
  readonly resolvers: readonly string[];
  readonly keepalive: number;
  readonly resolve_interval: number;
  readonly noticed_after: number;
  readonly addresses_per_name: number;
  readonly egress: string;
  readonly mirror: string;
  readonly mirror_key: string;
  readonly mirror_ca: string;
  readonly metrics_from: readonly string[];
  readonly ssh_key: string;
  readonly setup_files: readonly string[];
  readonly sizing: typeof SIZING & { readonly session_kib: number };
  readonly maintenance: { readonly days: readonly string[]; readonly start: string; readonly hours: number };
}

/** What Terraform made of the templates. */
export interface Rendered {
  /** Path on the machine → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly apply: string;
  readonly bootstrap: string;
}

/** A target with a check by TCP, unless something else is said. */
export function target(
  port: number,
  host: string,
  hostPort: number,
  more: Partial<Omit<TargetVariables, 'check'>> & { readonly check?: Partial<TargetVariables['check']> } = {},
): TargetVariables {
  const { check, ...rest } = more;
  return {
    port,
    host,
    host_port: hostPort,
    literal: /^[\d.]+$/.test(host),
    idle_timeout: 3600,
    max_connections: 0,
    drain: 10,
    ...rest,
    check: {
      protocol: 'TCP',
      port: hostPort,
      path: '',
      matcher: '',
      host: check?.protocol === undefined || check.protocol === 'TCP' ? '' : host,
      interval: 10,
      timeout: 5,
      rise: 3,
      fall: 3,
      ...check,
    },
  };
}

/** Variables with the values that a stack has by default. */
export function variables(
  engine: Engine,
  targets: Readonly<Record<string, TargetVariables>>,
  more: Partial<ForwarderVariables> = {},
): ForwarderVariables {
  return {
    engine,
    targets,
    health_port: FORWARDER_PORTS.health,
    ready_port: FORWARDER_PORTS.ready,
    metrics_port: FORWARDER_PORTS.metrics,
    clients: ['10.77.1.0/24'],
    probes: ['168.63.129.16/32'],
    resolvers: [],
    setup_files: SETUP_FILES.map(({ path }) => path),
    keepalive: 120,
    resolve_interval: 1,
    noticed_after: 15,
    addresses_per_name: ADDRESSES_PER_NAME,
    egress: engine === 'nftables' ? 'none' : 'nat',
    mirror: '',
    mirror_key: '',
    mirror_ca: '',
    metrics_from: [],
    ssh_key: '',
    sizing: { ...SIZING, session_kib: sessionKib(engine) },
    maintenance: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '01:00', hours: 4 },
    ...more,
  };
}

const TYPES: Readonly<Record<keyof ForwarderVariables, string>> = {
  engine: 'string',
  targets:
    'map(object({ port = number, host = string, hosts = optional(list(object({ host = string, literal = bool, backup = optional(bool, false) }))), host_port = number, literal = bool, route = optional(string), names = optional(list(string)), path = optional(string), idle_timeout = number, max_connections = number, drain = number, check = object({ protocol = string, port = number, path = string, matcher = string, host = string, interval = number, timeout = number, rise = number, fall = number }) }))',
  health_port: 'number',
  ready_port: 'number',
  metrics_port: 'number',
  clients: 'list(string)',
  probes: 'list(string)',
  resolvers: 'list(string)',
  keepalive: 'number',
  resolve_interval: 'number',
  noticed_after: 'number',
  addresses_per_name: 'number',
  egress: 'string',
  mirror: 'string',
  mirror_key: 'string',
  mirror_ca: 'string',
  metrics_from: 'list(string)',
  ssh_key: 'string',
  setup_files: 'list(string)',
  sizing: 'map(number)',
  maintenance: 'object({ days = list(string), start = string, hours = number })',
};

/** What a machine's set-up knows of, which is no target's. */
const MACHINE: readonly (keyof ForwarderVariables)[] = [
  'engine',
  'egress',
  'mirror',
  'mirror_key',
  'mirror_ca',
  'metrics_from',
  'ssh_key',
  'setup_files',
  'maintenance',
  'health_port',
  'probes',
  'resolvers',
  'keepalive',
  'resolve_interval',
  'noticed_after',
  'sizing',
  'addresses_per_name',
];

const CONFIGURATION: readonly (keyof ForwarderVariables)[] = [
  ...MACHINE,
  'targets',
  'ready_port',
  'metrics_port',
  'clients',
];

/** A root module without a provider: the files of one engine, the apply script over them, and the bootstrap. */
function rootModule(engine: Engine): string {
  const { packages, files } = ENGINES[engine];
  const text = JSON.stringify;
  const object = (pairs: readonly (readonly [string, string])[]) =>
    `{ ${pairs.map(([key, value]) => `${text(key)} = ${value}`).join(', ')} }`;
  const given = (names: readonly string[]) => names.map((name) => [name, `var.${name}`] as const);
  const file = (name: string) => `"\${path.module}/${name}"`;
  return [
    ...Object.entries(TYPES).map(([name, type]) => `variable ${text(name)} { type = ${type} }`),
    'locals {',
    `  machine = ${object([...given(MACHINE), ['packages', text(packages)]])}`,
    // A stack's map says nothing of what a target does not have, where a typed variable says null.
    '  targets = { for name, t in var.targets : name => { for key, value in t : key => value if value != null } }',
    `  configuration = merge(local.machine, ${object(given(CONFIGURATION))}, { targets = local.targets })`,
    `  set_up = ${object(SETUP_FILES.map(({ template, path }) => [path, `base64encode(templatefile(${file(template)}, local.machine))`]))}`,
    `  files = ${object(files.map(({ template, path }) => [path, `templatefile(${file(template)}, local.configuration)`]))}`,
    '}',
    // What is sensitive is not printed: the texts are long.
    'output "files" {\n  sensitive = true\n  value = local.files\n}',
    `output "apply" {\n  sensitive = true\n  value = templatefile(${file(APPLY_TEMPLATE)}, ${object([
      ['engine', 'var.engine'],
      ['packages', text(packages)],
      ['files', '{ for path, text in local.files : path => base64gzip(text) }'],
      ['ports', '[for t in values(var.targets) : t.port]'],
      ['health_port', 'var.health_port'],
      ['ready_port', 'var.ready_port'],
    ])})\n}`,
    `output "bootstrap" {\n  sensitive = true\n  value = templatefile(${file(BOOTSTRAP_TEMPLATE)}, { files = local.set_up })\n}`,
    '',
  ].join('\n');
}

/** Where renderings are kept between tests and runs: the same templates and variables give the same text. */
const CACHE = join(tmpdir(), 'privatelink-router-rendered');

/**
 * Renders an engine's files, its apply script and its bootstrap with the real terraform, as a stack does. Throws an error
 * with Terraform's own words where a template refuses its variables.
 */
export function render(values: ForwarderVariables): Rendered {
  const main = rootModule(values.engine);
  const inputs = TEMPLATE_FILES.map((name) => forwarderText(name));
  const key = createHash('sha256')
    .update(JSON.stringify([main, values, inputs]))
    .digest('hex');
  const kept = join(CACHE, `${key}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Rendered;
  const folder = mkdtempSync(join(tmpdir(), 'plr-render-'));
  try {
    for (const name of TEMPLATE_FILES) writeFileSync(join(folder, name), forwarderText(name));
    writeFileSync(join(folder, 'main.tf'), main);
    writeFileSync(join(folder, 'terraform.tfvars.json'), JSON.stringify(values));
    terraform(folder, ['apply', '-auto-approve', '-input=false', '-no-color', '-compact-warnings']);
    const { outputs } = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as {
      outputs: Record<string, { value: unknown }>;
    };
    const rendered = {
      files: outputs.files?.value,
      apply: outputs.apply?.value,
      bootstrap: outputs.bootstrap?.value,
    } as Rendered;
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(join(folder, 'kept.json'), JSON.stringify(rendered));
    renameSync(join(folder, 'kept.json'), kept);
    return rendered;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Renders one template many times in a single run of terraform: for each set of variables the text, or `null` where the
 * template refuses it.
 */
export function renderEach(
  template: string,
  sets: readonly Readonly<Record<string, unknown>>[],
): readonly (string | null)[] {
  const folder = mkdtempSync(join(tmpdir(), 'plr-render-'));
  try {
    writeFileSync(join(folder, template), forwarderText(template));
    const call = `templatefile("\${path.module}/${template}", variables)`;
    // A variable of type any would make one type of all the sets; text that is decoded keeps each its own.
    writeFileSync(
      join(folder, 'main.tf'),
      `variable "sets" { type = list(string) }
output "texts" {
  sensitive = true
  value     = [for variables in [for text in var.sets : jsondecode(text)] : try(${call}, null)]
}
`,
    );
    writeFileSync(
      join(folder, 'terraform.tfvars.json'),
      JSON.stringify({ sets: sets.map((set) => JSON.stringify(set)) }),
    );
    terraform(folder, ['apply', '-auto-approve', '-input=false', '-no-color', '-compact-warnings']);
    const { outputs } = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as {
      outputs: { texts: { value: (string | null)[] } };
    };
    return outputs.texts.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function terraform(folder: string, args: readonly string[]): void {
  const config = join(folder, 'terraformrc');
  writeFileSync(config, '');
  const env = { ...process.env, TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
  const done = spawnSync('terraform', [...args], { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0) throw new Error(`terraform ${args[0]}: ${done.stderr}`);
}
