import type { ITerraformDependable } from 'cdktf';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import {
  DataDatabricksMwsNetworkConnectivityConfig,
  DataDatabricksMwsNetworkConnectivityConfigs,
  MwsNccBinding,
  MwsNetworkConnectivityConfig,
} from '../../bindings';
import type { Ncc } from '../../model';
import { expression, forEach, numberExpression, pinned } from '../expression';
import { asTerm, asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';

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
  /** A configuration to make, by name, or one that exists, by id or by its name. */
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
    } else if (ncc.name !== undefined) {
      this.id = this.configuration(ncc.name, region).networkConnectivityConfigId;
    } else {
      this.id = ncc.id === undefined ? this.found(ncc, region) : asText(ncc.id);
    }
  }

  /**
   * The id of a configuration that is looked up by its name. The provider looks in the whole account, and where there is none
   * of that name it fails in words of its own source code: the names of the region are asked for first.
   */
  private found({ existing, router }: FoundNcc, region: ValueOrRef<string>): string {
    const all = pinned(
      new DataDatabricksMwsNetworkConnectivityConfigs(this, 'nccs', { region: asText(region) }),
      'region',
    );
    const missing =
      router === undefined
        ? 'Correct ncc.existing, or have the configuration made first'
        : `The router ${router} makes it: apply its stack first`;
    const named = `network connectivity configuration (NCC) called ${asText(existing)}`;
    const [here, there] = [`\${${asTerm(region)}}`, '${self.region}'];
    const { networkConnectivityConfigId } = pinned(
      new DataDatabricksMwsNetworkConnectivityConfig(this, 'found', {
        name: asText(existing),
        lifecycle: {
          precondition: [
            {
              condition: expression(`try(contains(${all.fqn}.names, ${asTerm(existing)}), false)`),
              errorMessage: `There is no ${named} in ${here} of this Databricks account. ${missing}.`,
            },
          ],
          postcondition: [
            {
              condition: expression(`self.region == ${asTerm(region)}`),
              errorMessage: `The ${named} that Databricks names first is of ${there}, and this router stands in ${here}: the account has several of that name. Give the one of ${here} by its id: ncc: { id: … }.`,
            },
          ],
        },
      }),
      'ncc',
    );
    return networkConnectivityConfigId;
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

/** One that exists, by its name. */
type FoundNcc = Extract<Ncc, { readonly existing: string }>;

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
