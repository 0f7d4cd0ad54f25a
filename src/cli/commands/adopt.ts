import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AdoptedRouter,
  type AdoptFile,
  type AdoptFinding,
  adoptDiagnostics,
  adopt as adoptFound,
  findRouter,
  inventoryFindings,
  inventoryText,
  lockEntry,
  moduleFiles,
  movableFindings,
  readState,
  refused,
  stackFiles,
} from '../../adopt';
import { InputError } from '../../errors';
import { loadInventory } from '../../inventory';
import { EMPTY_LOCK, readLock, serializeLock, writeLock } from '../../lock';
import { type Diagnostic, defined, hasErrors, type Lock, lockPath, oneOrAll, type Router } from '../../model';
import { printable, renderAdopted, type Style } from '../../reports';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';

/** What `adopt` was told. */
export interface AdoptOptions extends Pick<RunOptions, 'format' | 'env'> {
  /** The state's file, `-` for standard input. */
  readonly state: string;
  readonly to: 'module' | 'stack';
  /** For a module: by `import` into another state, not by `moved` within the same. */
  readonly imports: boolean;
  readonly name?: string;
  readonly loadBalancer?: string;
  /** Hosts by listener port. */
  readonly hosts: ReadonlyMap<number, string>;
  readonly inventory?: string;
  readonly sharedDomain?: string;
  readonly rule?: { readonly ncc: string; readonly id: string };
  readonly source: string;
  readonly out: string;
}

/** A stack's files where no inventory was given. */
const INVENTORY = 'privatelink-router.yaml';

/** Findings of one state; errors end the run with all of them. */
class Findings {
  private readonly found: Diagnostic[] = [];

  public constructor(private readonly file: string) {}

  public get all(): readonly Diagnostic[] {
    return this.found;
  }

  public add(findings: readonly AdoptFinding[]): void {
    this.found.push(...adoptDiagnostics(findings, this.file));
  }

  /** @throws InputError where something is an error, or nothing came of it */
  public need<T>(value: T | undefined): T {
    if (value === undefined || hasErrors(this.found)) throw new InputError(this.found);
    return value;
  }
}

/** `adopt`: takes over what another module made, so that nothing of it is destroyed and every port stays. */
export function adopt(options: AdoptOptions): Outcome {
  const findings = new Findings(options.state === '-' ? 'standard input' : options.state);
  const read = readState(readFileSync(options.state === '-' ? 0 : options.state));
  findings.add(read.findings ?? []);
  const search = findRouter(findings.need(read.resources), options.loadBalancer);
  findings.add(search.findings);
  const found = findings.need(search.router);
  const inventory = inventoryRouter(options, findings);
  const { hosts, name, sharedDomain } = options;
  const adopted = adoptFound(found, {
    hosts,
    ...(inventory === undefined ? {} : { targets: inventory.targets, name: inventory.name }),
    ...(inventory === undefined && name !== undefined ? { name } : {}),
    ...defined({ sharedDomain }),
  });
  findings.add(adopted.findings);
  const router = findings.need(adopted.router);
  const result =
    options.to === 'module' ? toModule(options, router, findings) : toStack(options, router, inventory, findings);
  return outcome(options, router, result, findings.all);
}

/** The router of the user's own inventory that is meant. @throws InputError where that has errors, or no such router */
function inventoryRouter({ inventory: file, env, name }: AdoptOptions, findings: Findings): Router | undefined {
  if (file === undefined) return undefined;
  const { inventory, diagnostics } = loadInventory({ file, ...defined({ env }) });
  if (inventory === undefined || hasErrors(diagnostics)) throw new InputError(diagnostics);
  const { routers } = inventory;
  const router =
    name === undefined ? (routers.length === 1 ? routers[0] : undefined) : routers.find((one) => one.name === name);
  if (router === undefined) {
    const names = routers.map((one) => one.name).join(', ');
    const why = name === undefined ? 'has several routers' : `has no router ${name}`;
    findings.add([refused('PLR9110', '', `${file} ${why}; it has ${names}`, 'Name one of them with `--name`.')]);
  }
  return findings.need(router);
}

/** What is written, and what comes next. */
interface Written {
  readonly files: readonly string[];
  readonly next: readonly string[];
}

function toModule({ source, imports, out }: AdoptOptions, router: AdoptedRouter, findings: Findings): Written {
  if (!imports) findings.add(movableFindings(router));
  findings.need(router);
  const files = writeNew(out, moduleFiles(router, { source, imports }), findings);
  const place = imports ? 'the new configuration' : 'the folder of the old configuration, in place of the old module';
  return {
    files,
    next: [
      `Complete what is marked in ${join(out, 'adopt.tf')}, put it into ${place}, and run \`terraform init\` and \`terraform plan\`.`,
      'Look that the plan destroys and replaces nothing, and apply it.',
      ...(imports
        ? [`Then put ${join(out, 'forget.tf')} into the old configuration, in place of the old module, and apply that.`]
        : []),
    ],
  };
}

function toStack(
  options: AdoptOptions,
  router: AdoptedRouter,
  inventory: Router | undefined,
  findings: Findings,
): Written {
  const { out, rule } = options;
  if (inventory !== undefined) findings.add(inventoryFindings(router, inventory));
  if (router.rule === undefined && rule === undefined) findings.add([withoutRule(router)]);
  findings.need(router);
  const own = stackFiles(router, rule);
  const entry = lockEntry(router, inventory);
  const steps = [
    `Run \`privatelink-router synth\`, put ${join(out, 'import.tf')} beside the stack's cdk.tf.json, and run \`terraform init\` and \`terraform plan\` there.`,
    'Look that the plan destroys and replaces nothing, apply it, and take import.tf away.',
    `Then put ${join(out, 'forget.tf')} into the old configuration, in place of the old module, and apply that.`,
  ];
  if (inventory === undefined || options.inventory === undefined) {
    const lock: Lock = { ...EMPTY_LOCK, routers: { [router.name]: entry } };
    const files = [
      { name: INVENTORY, text: inventoryText(router, rule?.ncc) },
      { name: lockPath(INVENTORY), text: serializeLock(lock) },
      ...own,
    ];
    const first = `Complete what is marked in ${join(out, INVENTORY)}, keep it together with its lock, and run \`privatelink-router check\`.`;
    return { files: writeNew(out, files, findings), next: [first, ...steps] };
  }
  const file = lockPath(options.inventory, options.env);
  const { lock, diagnostics } = readLock(file);
  if (lock === undefined) throw new InputError(diagnostics);
  if (Object.hasOwn(lock.routers, router.name)) {
    const message = `${router.name} is in the lock ${file} already, so that it cannot be taken over again`;
    findings.add([
      refused(
        'PLR9110',
        '',
        message,
        'Where nothing of it was ever applied, take its entry out of the lock and run it again.',
      ),
    ]);
  }
  findings.need(router);
  const files = writeNew(out, own, findings);
  writeLock(file, { ...lock, routers: { ...lock.routers, [router.name]: entry } });
  return { files: [file, ...files], next: steps };
}

function withoutRule({ service }: AdoptedRouter): AdoptFinding {
  return {
    code: 'PLR9120',
    severity: 'warning',
    address: service?.resource.address ?? '',
    message: 'the state has no rule of Databricks for its endpoint service, so the router makes one',
    fix: 'If there is one, which somebody made by hand, give its ids with `--rule NCC_ID/RULE_ID`: Databricks refuses a second rule for the same service.',
  };
}

/** Writes files that there are not yet. @throws InputError naming all that there are; nothing is written then */
function writeNew(out: string, files: readonly AdoptFile[], findings: Findings): readonly string[] {
  const paths = files.map(({ name, text }) => ({ path: join(out, name), text }));
  for (const { path } of paths.filter((one) => existsSync(one.path))) {
    findings.add([
      refused('PLR9119', '', `${path} is there already and is left as it is`, 'Choose another folder with `--out`.'),
    ]);
  }
  findings.need(paths);
  mkdirSync(out, { recursive: true });
  for (const { path, text } of paths) writeFileSync(path, text, { flag: 'wx' });
  return paths.map(({ path }) => path);
}

function outcome(
  { to }: AdoptOptions,
  router: AdoptedRouter,
  { files, next }: Written,
  diagnostics: readonly Diagnostic[],
): Outcome {
  const targets = router.targets.map(({ name, listenerPort, host, port, domains, addresses }) => {
    return {
      name,
      listenerPort,
      host: host ?? null,
      port,
      domain: domains === undefined ? null : oneOrAll(domains),
      addresses,
    };
  });
  return {
    diagnostics,
    document: { version: 1, to, router: router.name, written: files, targets, next, diagnostics },
    text: (style: Style): string =>
      [
        renderAdopted(router.loadBalancer.values.name, router.name, targets, style),
        ...files.map((path) => `${style.colors.green('wrote')} ${printable(path)}`),
        '',
        'Next:',
        ...next.map((step, index) => `  ${index + 1}. ${printable(step)}`),
        '',
      ].join('\n'),
  };
}
