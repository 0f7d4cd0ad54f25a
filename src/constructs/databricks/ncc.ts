import type { ITerraformDependable } from 'cdktf';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { MwsNccBinding, MwsNetworkConnectivityConfig } from '../../bindings';
import type { Ncc } from '../../model';
import { expression, forEach, numberExpression, pinned } from '../expression';
import { asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';

/** Addresses of what a teardown forgets instead of destroying. */
export const NCC_ADDRESS = 'databricks_mws_network_connectivity_config.ncc';
export const BINDING_ADDRESS = 'databricks_mws_ncc_binding.workspace';

/** References of a module's inputs, one of which is null: whether a configuration is made, only Terraform knows. */
interface ReferencedNcc {
  readonly name: Reference;
  /** May be unknown at plan: nothing is counted by it. */
  readonly id: Reference;
}

export interface NetworkConnectivityProps {
  /** A configuration to make, by name, or one that exists, by id. */
  readonly ncc: Ncc | ReferencedNcc;
  /** The region of the workspaces. */
  readonly region: ValueOrRef<string>;
}

/** The network connectivity configuration (NCC) that holds the router's private endpoint rules. */
export class NetworkConnectivity extends Construct {
  /** The id as a template. Never the resource's `id`, which is a composite. */
  public readonly id: string;

  public constructor(scope: Construct, id: string, props: NetworkConnectivityProps) {
    super(scope, id);
    const { ncc, region } = props;
    if (isReferenced(ncc)) {
      const { name, id: known } = ncc;
      this.configuration(name, region).addOverride('count', expression(`${name.terraform} == null ? 0 : 1`));
      const made = `one(${NCC_ADDRESS}[*].network_connectivity_config_id)`;
      this.id = expression(`${name.terraform} == null ? ${known.terraform} : ${made}`);
    } else if (ncc.name === undefined) {
      this.id = asText(ncc.id);
    } else {
      this.id = this.configuration(ncc.name, region).networkConnectivityConfigId;
    }
  }

  private configuration(name: ValueOrRef<string>, region: ValueOrRef<string>): MwsNetworkConnectivityConfig {
    return pinned(
      new MwsNetworkConnectivityConfig(this, 'ncc', {
        name: asText(name),
        region: asText(region),
        // A rename replaces it, and while workspaces are attached it cannot be deleted: the new one has to come first.
        lifecycle: { createBeforeDestroy: true },
      }),
      'ncc',
    );
  }
}

function isReferenced(ncc: NetworkConnectivityProps['ncc']): ncc is ReferencedNcc {
  return ncc.name instanceof Reference;
}

export interface WorkspaceBindingsProps {
  /** The NCC's id as a template. */
  readonly nccId: string;
  /** Exact decimal strings, known at plan; a workspace has one NCC. */
  readonly workspaceIds: ValueOrRef<readonly string[]>;
  /** What has to work before a workspace is sent this way. */
  readonly after: ITerraformDependable[];
}

/** Attaches workspaces to the NCC, after the endpoints stand: a workspace moves over in one step. */
export class WorkspaceBindings extends Construct {
  public constructor(scope: Construct, id: string, props: WorkspaceBindingsProps) {
    super(scope, id);
    if (Array.isArray(props.workspaceIds) && props.workspaceIds.length === 0) return;
    pinned(new TerraformLocal(this, 'ids', asTexts(props.workspaceIds)), 'workspace_ids');
    forEach(
      pinned(
        new MwsNccBinding(this, 'workspace', {
          networkConnectivityConfigId: props.nccId,
          workspaceId: numberExpression('each.value'),
          dependsOn: props.after,
        }),
        'workspace',
      ),
      'toset(local.workspace_ids)',
    );
  }
}
