import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import {
  ADDRESSES_PER_NAME,
  BOOTSTRAP_TEMPLATE,
  ENGINE_NAMES,
  ENGINES,
  FORWARDER_PORTS,
  SETUP_FILES,
  SIZING,
  sessionKib,
} from '../../forwarder';
import { DEFAULT_MAINTENANCE, type Egress, type Engine, type ForwarderImage, type Maintenance } from '../../model';
import { expression, pinned } from '../expression';
import type { Json } from '../terraform-text';
import { asFlag, asLocal, asTerm, asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';
import { UNHEALTHY_AFTER_SECONDS } from './pool-load-balancer';

/** Seconds between keep-alive packets: well below the four minutes after which Private Link forgets a connection. */
const KEEPALIVE_SECONDS = 120;

/** Seconds between two questions to DNS. A failover is followed within about one more. */
const RESOLVE_INTERVAL_SECONDS = 1;

/** The address from which Azure's probes come, in every location. */
const PROBE_CLIENTS = ['168.63.129.16/32'];

/**
 * A file of the forwarder beside the stack's own, as a Terraform expression of its rendered text. Git on Windows may have
 * given the file other line ends, which a machine does not run and which would be another configuration.
 */
export function renderedFile(template: string, variables: string): string {
  return `replace(templatefile("\${path.module}/forwarder/${template}", ${variables}), "\\r", "")`;
}

/** `Forwarder`, of which Terraform may fill in any part. */
export interface GivenForwarder {
  readonly engine: ValueOrRef<Engine>;
  readonly instances: ValueOrRef<number>;
  readonly size: ValueOrRef<string>;
  readonly zones: ValueOrRef<readonly string[]>;
  /** A reference is to an object of publisher, offer, sku, version and id, the ones that do not count null. */
  readonly image: ValueOrRef<ForwarderImage>;
  /** @default false */
  readonly imageUpgrades?: ValueOrRef<boolean>;
  /** @default false */
  readonly encryptionAtHost?: ValueOrRef<boolean>;
  readonly ssh?: {
    /** False where Terraform finds that nobody logs in after all. @default true */
    readonly wanted?: ValueOrRef<boolean>;
    readonly publicKey: ValueOrRef<string>;
    readonly from: ValueOrRef<readonly string[]>;
  };
  readonly egress: {
    readonly kind: ValueOrRef<Egress['kind']>;
    /** Empty: none. */
    readonly mirror?: ValueOrRef<string> | undefined;
    /** Empty: the image knows it. */
    readonly signingKey?: ValueOrRef<string> | undefined;
    /** Empty: the image knows them. */
    readonly caCertificate?: ValueOrRef<string> | undefined;
  };
  /** Networks that read the counters. */
  readonly metrics?: { readonly from: ValueOrRef<readonly string[]> };
  /** True where Azure's services are admitted, so that Run Command brings its answers back. @default false */
  readonly runCommand?: ValueOrRef<boolean>;
  /** A reference is to an object of days, start and hours. @default the usual window, of which nothing comes without an archive */
  readonly maintenance?: ValueOrRef<Maintenance>;
}

export interface ForwarderMachineProps {
  readonly forwarder: GivenForwarder;
  /** Name servers that the engine asks; empty: the machine's own. */
  readonly resolvers: ValueOrRef<readonly string[]>;
}

/** What all machines of a router have in common: the choices of the inventory, and the bootstrap that they lead to. */
export class ForwarderMachine extends Construct {
  /** The reference of an object of what the inventory chose and what we set. */
  public readonly settings = 'local.forwarder';
  /** The reference of the cloud-init document. */
  public readonly bootstrap = 'local.bootstrap';
  /** Where only Terraform knows the engine: an expression of the list of its files, `template` and `path` of each. */
  public readonly engineFiles?: string;

  public constructor(scope: Construct, id: string, props: ForwarderMachineProps) {
    super(scope, id);
    const { engine, egress, ssh, metrics } = props.forwarder;
    if (engine instanceof Reference) this.engineFiles = this.engines(engine, 'files');
    const settings = {
      engine: asText(engine),
      packages: engine instanceof Reference ? expression(this.engines(engine, 'packages')) : ENGINES[engine].packages,
      egress: asText(egress.kind),
      mirror: asText(egress.mirror ?? ''),
      mirror_key: asText(egress.signingKey ?? ''),
      mirror_ca: asText(egress.caCertificate ?? ''),
      metrics_from: asTexts(metrics?.from ?? []),
      ssh_key: whoLogsIn(ssh),
      run_command: asFlag(props.forwarder.runCommand ?? false),
      maintenance: asLocal(window(props.forwarder.maintenance ?? DEFAULT_MAINTENANCE)),
      resolvers: asTexts(props.resolvers),
      sizing: {
        ...SIZING,
        session_kib: engine instanceof Reference ? expression(this.engines(engine, 'session_kib')) : sessionKib(engine),
      },
      probes: PROBE_CLIENTS,
      setup_files: SETUP_FILES.map(({ path }) => path),
      keepalive: KEEPALIVE_SECONDS,
      resolve_interval: RESOLVE_INTERVAL_SECONDS,
      noticed_after: UNHEALTHY_AFTER_SECONDS,
      addresses_per_name: ADDRESSES_PER_NAME,
    };
    if (engine instanceof Reference) pinned(new TerraformLocal(this, 'engines', engineTable()), 'engines');
    pinned(new TerraformLocal(this, 'settings', settings), 'forwarder');
    const setUp = `merge(${this.settings}, { health_port = ${FORWARDER_PORTS.health} })`;
    const files = SETUP_FILES.map(({ template, path }) => `"${path}" = base64encode(${renderedFile(template, setUp)})`);
    const variables = `{ files = { ${files.join(', ')} } }`;
    pinned(new TerraformLocal(this, 'bootstrap', expression(renderedFile(BOOTSTRAP_TEMPLATE, variables))), 'bootstrap');
  }

  /** A part of the row of the engine in the table of all engines. */
  private engines(engine: Reference, part: 'files' | 'packages' | 'session_kib'): string {
    return `local.engines[${engine.terraform}].${part}`;
  }
}

/** The parts that the templates read, as a value of JSON. */
function window(maintenance: ValueOrRef<Maintenance>): ValueOrRef<Json> {
  if (maintenance instanceof Reference) return maintenance;
  const { days, start, hours } = maintenance;
  return { days, start, hours };
}

/** The public key, or nothing where nobody logs in. */
function whoLogsIn(ssh: GivenForwarder['ssh']): string {
  if (ssh === undefined || ssh.wanted === false) return '';
  const { wanted, publicKey } = ssh;
  if (!(wanted instanceof Reference)) return asText(publicKey);
  return expression(`${wanted.terraform} ? ${asTerm(publicKey)} : ""`);
}

/** What the choice of an engine decides, for all of them. */
function engineTable(): Record<string, unknown> {
  return Object.fromEntries(
    ENGINE_NAMES.map((engine) => {
      const { packages, files } = ENGINES[engine];
      return [engine, { packages, files, session_kib: sessionKib(engine) }];
    }),
  );
}
