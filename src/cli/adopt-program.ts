import { type Command, Option } from 'commander';
import { defined, HOST_FORM, holdsCredential, NAME_FORM, NOT_SHOWN, portOf } from '../model';
import type { AdoptOptions } from './commands/adopt';
import { type Format, UsageError } from './outcome';

/** The module's folder as this program writes it, as seen from the configuration's own. */
const SOURCE = './modules/aws-privatelink-router';

const RULE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The options as commander gives them. */
export interface RawAdoptOptions {
  readonly state: string;
  readonly to: 'module' | 'stack';
  readonly import?: boolean;
  readonly name?: string;
  readonly loadBalancer?: string;
  readonly host: readonly string[];
  readonly inventory?: string;
  readonly env?: string;
  readonly sharedDomain?: string;
  readonly rule?: string;
  readonly source?: string;
  readonly out: string;
  readonly format?: Format;
}

/** Adds the options of `adopt` to its command. */
export function addAdoptOptions(command: Command): Command {
  return command
    .requiredOption('--state <file>', 'what `terraform show -json` prints, or a state file; `-` reads standard input')
    .addOption(
      new Option('--to <form>', 'what it becomes: a call of the module, or a stack')
        .choices(['module', 'stack'])
        .default('module'),
    )
    .option('--import', 'for a module: import into another state instead of moving within this one')
    .option('--name <name>', 'the name of the router (default: made from the load balancer’s)')
    .option('--load-balancer <name>', 'which one, where the state has several network load balancers')
    .option(
      '--host <port=host>',
      'the host behind a listener port, where the state does not say it; may stand more than once',
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .option('--inventory <file>', 'an inventory whose targets are the old ones: it gives their names and hosts')
    .option('-e, --env <name>', 'the environment of that inventory')
    .option('--shared-domain <name>', 'the one domain that all targets have')
    .option('--rule <ncc-id/rule-id>', 'for a stack: the rule in Databricks that leads to the endpoint service')
    .option('--source <source>', `for a module: where it is to be had (default: ${SOURCE})`)
    .option('-o, --out <dir>', 'the folder to write to', 'adopted')
    .addOption(new Option('--format <format>', 'text, or one JSON document').choices(['text', 'json']).default('text'));
}

/** Settles the options. @throws UsageError for what cannot be meant so */
export function settleAdopt(raw: RawAdoptOptions): AdoptOptions {
  for (const [flag, value] of Object.entries({
    state: raw.state,
    out: raw.out,
    source: raw.source,
    inventory: raw.inventory,
  })) {
    if (value === '') throw new UsageError(`--${flag} is empty`);
  }
  if (raw.to === 'stack' && raw.import === true)
    throw new UsageError('--import is for a module; a stack always imports');
  if (raw.to === 'stack' && raw.source !== undefined) throw new UsageError('--source is for a module');
  if (raw.to === 'module' && raw.rule !== undefined) {
    throw new UsageError(
      '--rule is for a stack; the module of AWS has no rule, import it into the module of Databricks',
    );
  }
  if (raw.env !== undefined && raw.inventory === undefined) throw new UsageError('--env needs --inventory');
  if (raw.inventory !== undefined && raw.sharedDomain !== undefined) {
    throw new UsageError('--shared-domain does not go with --inventory, which says what the domains are');
  }
  if (raw.name !== undefined && !NAME_FORM.test(raw.name)) {
    throw new UsageError(
      `--name is ${JSON.stringify(raw.name)}: a to z, 0 to 9 and hyphens are allowed, a letter first`,
    );
  }
  const sharedDomain = raw.sharedDomain?.toLowerCase();
  if (sharedDomain !== undefined && (!isHost(sharedDomain) || /^[\d.]+$/.test(sharedDomain))) {
    throw new UsageError(`--shared-domain is ${shown(raw.sharedDomain ?? '')}: a domain name is needed`);
  }
  return {
    state: raw.state,
    to: raw.to,
    imports: raw.import === true,
    ...defined({ name: raw.name, loadBalancer: raw.loadBalancer }),
    hosts: hostsOf(raw.host),
    ...defined({ inventory: raw.inventory, env: raw.env, sharedDomain }),
    ...(raw.rule === undefined ? {} : { rule: ruleOf(raw.rule) }),
    source: raw.source ?? SOURCE,
    out: raw.out,
    format: raw.format ?? 'text',
  };
}

/** What was written where a host belongs; a credential of a connection string is not repeated. */
function shown(text: string): string {
  return holdsCredential(text) ? NOT_SHOWN : JSON.stringify(text);
}

function hostsOf(texts: readonly string[]): ReadonlyMap<number, string> {
  const hosts = new Map<number, string>();
  for (const text of texts) {
    const [, digits = '', written = ''] = /^(\d{1,5})=(.*)$/s.exec(text) ?? [];
    const port = portOf(digits);
    const host = written.toLowerCase().replace(/\.$/, '');
    if (port === undefined || !isHost(host)) {
      throw new UsageError(`--host is ${shown(text)}: a listener port, an equals sign and a host are needed`);
    }
    if (hosts.has(port)) throw new UsageError(`--host names the listener port ${port} twice`);
    hosts.set(port, host);
  }
  return hosts;
}

function isHost(text: string): boolean {
  return text.length <= 253 && HOST_FORM.test(text);
}

function ruleOf(text: string): { readonly ncc: string; readonly id: string } {
  const [, ncc = '', id = ''] = RULE.exec(text.toLowerCase()) ?? [];
  if (id === '')
    throw new UsageError(
      `--rule is ${JSON.stringify(text)}: the ids of the NCC and of the rule are needed, with a slash between`,
    );
  return { ncc, id };
}
