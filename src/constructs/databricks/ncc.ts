import type { ITerraformDependable } from 'cdktf';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { MwsNccBinding, MwsNetworkConnectivityConfig } from '../../bindings';
import type { Ncc } from '../../model';
import { forEach, numberExpression, pinned } from '../expression';
import { terraformText } from '../terraform-text';

/** Addresses of what a teardown forgets instead of destroying. */
export const NCC_ADDRESS = 'databricks_mws_network_connectivity_config.ncc';
export const BINDING_ADDRESS = 'databricks_mws_ncc_binding.workspace';

export interface NetworkConnectivityProps {
  /** A configuration to make, by name, or one that exists, by id. */
  readonly ncc: Ncc;
  /** The region of the workspaces. */
  readonly region: string;
}

/** The network connectivity configuration (NCC) that holds the router's private endpoint rules. */
export class NetworkConnectivity extends Construct {
  /** The id as a template. Never the resource's `id`, which is a composite. */
  public readonly id: string;

  public constructor(scope: Construct, id: string, props: NetworkConnectivityProps) {
    super(scope, id);
    if (props.ncc.id !== undefined) {
      this.id = terraformText(props.ncc.id);
      return;
    }
    const config = pinned(
      new MwsNetworkConnectivityConfig(this, 'ncc', {
        name: terraformText(props.ncc.name),
        region: terraformText(props.region),
        // A rename replaces it, and while workspaces are attached it cannot be deleted: the new one has to come first.
        lifecycle: { createBeforeDestroy: true },
      }),
      'ncc',
    );
    this.id = config.networkConnectivityConfigId;
  }
}

export interface WorkspaceBindingsProps {
  /** The NCC's id as a template. */
  readonly nccId: string;
  /** Exact decimal strings; a workspace has one NCC. */
  readonly workspaceIds: readonly string[];
  /** What has to work before a workspace is sent this way. */
  readonly after: ITerraformDependable[];
}

/** Attaches workspaces to the NCC, after the endpoints stand: a workspace moves over in one step. */
export class WorkspaceBindings extends Construct {
  public constructor(scope: Construct, id: string, props: WorkspaceBindingsProps) {
    super(scope, id);
    if (props.workspaceIds.length === 0) return;
    pinned(new TerraformLocal(this, 'ids', props.workspaceIds.map(terraformText)), 'workspace_ids');
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
