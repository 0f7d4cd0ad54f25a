import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { BOOTSTRAP_TEMPLATE, ENGINES } from '../../forwarder';
import { FORWARDER_PORTS, type Forwarder } from '../../model';
import { expression, pinned } from '../expression';
import { terraformValue } from '../terraform-text';

/** Seconds between keep-alive packets: well below the four minutes after which Private Link forgets a connection. */
const KEEPALIVE_SECONDS = 120;

/** Seconds between two questions to DNS. A failover is followed within about one more. */
const RESOLVE_INTERVAL_SECONDS = 1;

/** The address from which Azure's probes come, in every location. */
const PROBE_CLIENTS = ['168.63.129.16/32'];

/** A file of the forwarder beside the stack's own, as a Terraform expression of its rendered text. */
export function renderedFile(template: string, variables: string): string {
  return `templatefile("\${path.module}/forwarder/${template}", ${variables})`;
}

export interface ForwarderMachineProps {
  readonly forwarder: Forwarder;
  /** Name servers that the engine asks; empty: the machine's own. */
  readonly resolvers: readonly string[];
}

/** What all machines of a router have in common: the choices of the inventory, and the bootstrap that they lead to. */
export class ForwarderMachine extends Construct {
  /** The reference of an object of what the inventory chose and what we set. */
  public readonly settings = 'local.forwarder';
  /** The reference of the cloud-init document. */
  public readonly bootstrap = 'local.bootstrap';

  public constructor(scope: Construct, id: string, props: ForwarderMachineProps) {
    super(scope, id);
    const { engine, egress, ssh } = props.forwarder;
    const settings = {
      engine,
      packages: ENGINES[engine].packages,
      egress: egress.kind,
      mirror: egress.mirror ?? '',
      ssh: ssh !== undefined,
      resolvers: props.resolvers,
      probes: PROBE_CLIENTS,
      keepalive: KEEPALIVE_SECONDS,
      resolve_interval: RESOLVE_INTERVAL_SECONDS,
    };
    pinned(new TerraformLocal(this, 'settings', terraformValue(settings)), 'forwarder');
    const variables = `merge(${this.settings}, { health_port = ${FORWARDER_PORTS.health} })`;
    pinned(new TerraformLocal(this, 'bootstrap', expression(renderedFile(BOOTSTRAP_TEMPLATE, variables))), 'bootstrap');
  }
}
