import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { APPLY_TEMPLATE, ENGINES, FORWARDER_PORTS } from '../../forwarder';
import type { Engine } from '../../model';
import { expression, pinned, poolLocal } from '../expression';
import { Reference, type ValueOrRef } from '../value-or-ref';
import { type ForwarderMachine, renderedFile } from './forwarder-machine';
import type { AzureNetwork } from './network';
import { portRanges } from './port-ranges';

export interface PoolConfigurationProps {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool?: string;
  readonly network: AzureNetwork;
  readonly machine: ForwarderMachine;
  readonly engine: ValueOrRef<Engine>;
  /** The reference of a map of `PoolTarget` by name. */
  readonly targets: string;
  /** True where targets share listeners, and so ports. */
  readonly sharedPorts: boolean;
}

/** What the machines of a pool run, from the map of its targets: the engine's files, and the script that applies them. */
export class PoolConfiguration extends Construct {
  /** The reference of the listener ports as a sorted list of ranges, `["10000-10004", "10007"]`. */
  public readonly portRanges: string;
  /** The reference of the script, base64. */
  public readonly script: string;

  private readonly pool: string | undefined;

  public constructor(scope: Construct, id: string, props: PoolConfigurationProps) {
    super(scope, id);
    this.pool = props.pool;
    const each = `[for t in values(${props.targets}) : t.port]`;
    const once = props.sharedPorts ? `distinct(${each})` : each;
    const { ports, ranges } = portRanges(this, props.pool, 'port', once);
    this.portRanges = ranges;
    const files = this.files(props);
    const variables = [
      `engine = ${props.machine.settings}.engine`,
      `packages = ${props.machine.settings}.packages`,
      `files = { for path, text in ${files} : path => base64gzip(text) }`,
      `ports = [for port in ${ports} : tonumber(port)]`,
      `ready_port = ${FORWARDER_PORTS.ready}`,
    ];
    const script = renderedFile(APPLY_TEMPLATE, `{ ${variables.join(', ')} }`);
    this.script = this.local('apply_script', `base64encode(${script})`);
  }

  private local(part: string, terraform: string): string {
    const name = poolLocal(this.pool, part);
    pinned(new TerraformLocal(this, part, expression(terraform)), name);
    return `local.${name}`;
  }

  /** The engine's files by their path on the machine. */
  private files(props: PoolConfigurationProps): string {
    const variables = this.local(
      'variables',
      `merge(${props.machine.settings}, { ${[
        `targets = ${props.targets}`,
        `health_port = ${FORWARDER_PORTS.health}`,
        `ready_port = ${FORWARDER_PORTS.ready}`,
        `metrics_port = ${FORWARDER_PORTS.metrics}`,
        `clients = ${props.network.natCidrs}`,
      ].join(', ')} })`,
    );
    const { engine, machine } = props;
    if (engine instanceof Reference) {
      const rendered = renderedFile('${f.template}', variables);
      return this.local('files', `{ for f in ${machine.engineFiles} : f.path => ${rendered} }`);
    }
    const files = ENGINES[engine].files.map(({ template, path }) => `"${path}" = ${renderedFile(template, variables)}`);
    return this.local('files', `{ ${files.join(', ')} }`);
  }
}
