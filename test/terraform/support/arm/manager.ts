import { deploy, deployments, validateDeployment } from './deployments';
import { natGateways, publicAddresses } from './egress';
import { type ResourceId, readId } from './ids';
import { type JsonObject, object, same, text, texts } from './json';
import { type Kind, kind } from './kind';
import { loadBalancers } from './load-balancers';
import { extensionsOf, modelOf, upgrade } from './machines';
import { virtualNetworks } from './networks';
import { privateLinkServices } from './private-link-services';
import { demandFound, Refusal } from './refusal';
import { removeExtension, writeExtension } from './scale-set-extensions';
import { SCALE_SET, ScaleSets } from './scale-sets';
import { securityGroups } from './security-groups';
import { notFound, Store } from './store';

/** An answer; `slow` where Azure would answer with a long-running operation. */
export interface Answer {
  readonly status: number;
  readonly body?: JsonObject;
  readonly slow?: boolean;
}

const resourceGroups: Kind = kind('Microsoft.Resources/resourceGroups', { name: /^[\w().-]{0,89}[\w()-]$/ });

/** What Azure Resource Manager does with a path: resources, scale sets' machines and extensions, deployments. */
export class Manager {
  public readonly scaleSets = new ScaleSets();
  public readonly store = new Store([
    resourceGroups,
    virtualNetworks,
    securityGroups,
    publicAddresses,
    natGateways,
    loadBalancers,
    privateLinkServices,
    this.scaleSets.kind,
    deployments,
  ]);
  private readonly templates = new Map<string, JsonObject>();

  public handle(method: string, path: string, body: JsonObject): Answer {
    const [, scaleSet, rest] = new RegExp(`^(.*/providers/${SCALE_SET}/[^/]+)/(.+)$`, 'i').exec(path) ?? [];
    if (scaleSet !== undefined && rest !== undefined) return this.ofScaleSet(method, scaleSet, rest, path, body);
    const [, deployment, verb] = /^(.*\/deployments\/[^/]+)\/(validate|exportTemplate)$/i.exec(path) ?? [];
    if (deployment !== undefined) return this.ofDeployment(deployment, verb ?? '', body);
    const id = readId(path);
    if (id === undefined) throw new Refusal('NotFound', `The stand-in has no route for ${method} ${path}.`, 404);
    return this.resource(method, id, body);
  }

  private resource(method: string, id: ResourceId, body: JsonObject): Answer {
    const slow = /^microsoft\.(network|compute)\//i.test(id.type);
    if (method === 'GET' || method === 'HEAD') {
      if (id.name === '') return { status: 200, body: { value: this.store.list(id) } };
      const shown = this.store.show(id.path);
      if (shown === undefined) throw notFound(id);
      return { status: 200, body: shown };
    }
    if (method === 'PUT' || method === 'PATCH') {
      const isDeployment = same(id.type, deployments.type);
      const { resource, made } = isDeployment
        ? deploy(this.store, id, body, this.templates)
        : this.store.write(id, body, method);
      return { status: made ? 201 : 200, body: this.store.show(resource.id) ?? resource, slow };
    }
    if (method === 'DELETE') return { status: this.store.remove(id) ? (slow ? 202 : 200) : 204, slow };
    throw new Refusal('MethodNotAllowed', `${method} ${id.path}`, 405);
  }

  private ofDeployment(path: string, verb: string, body: JsonObject): Answer {
    const id = readId(path);
    if (id === undefined) throw new Refusal('NotFound', path, 404);
    if (same(verb, 'validate')) {
      const judged = validateDeployment(id, body);
      return { status: judged.error === undefined ? 200 : 400, body: judged };
    }
    return { status: 200, body: { template: demandFound(this.templates.get(path.toLowerCase()), path, path) } };
  }

  private ofScaleSet(method: string, scaleSetPath: string, rest: string, path: string, body: JsonObject): Answer {
    const id = readId(path);
    const scaleSet = this.store.find(scaleSetPath);
    if (scaleSet === undefined || id === undefined) {
      throw new Refusal('ResourceNotFound', `The scale set of ${path} was not found.`, 404);
    }
    const fleet = this.scaleSets.fleet(scaleSet);
    const [what = '', name] = rest.split('/');
    switch (what.toLowerCase()) {
      case 'rollingupgrades':
        throw name?.toLowerCase() === 'cancel'
          ? new Refusal('OperationNotAllowed', 'There is no rolling upgrade to cancel.', 409)
          : new Refusal('NotFound', 'There is no rolling upgrade.', 404);
      case 'virtualmachines':
        return {
          status: 200,
          body: {
            value: fleet.machines.map(({ number, vmId, model }) => ({
              instanceId: number,
              id: `${scaleSet.id}/virtualMachines/${number}`,
              name: `${scaleSet.name}_${number}`,
              properties: { vmId, latestModelApplied: model === modelOf(scaleSet, fleet) },
            })),
          },
        };
      case 'manualupgrade':
      case 'reimage': {
        const wanted = texts(body.instanceIds);
        const machines = fleet.machines.filter(({ number }) => wanted.length === 0 || wanted.includes(number));
        upgrade(scaleSet, fleet, machines, what.toLowerCase() === 'reimage');
        return { status: 202, slow: true };
      }
      case 'extensions':
        break;
      default:
        throw new Refusal('NotFound', `The stand-in has no route for ${method} ${path}.`, 404);
    }
    const extensions = extensionsOf(scaleSet);
    if (method === 'GET' && name === undefined) return { status: 200, body: { value: extensions } };
    if (method === 'GET') {
      const found = extensions.find((one) => same(text(one.name), id.name));
      if (found === undefined) throw notFound(id);
      return { status: 200, body: object(found) };
    }
    if (method === 'DELETE') return { status: removeExtension(scaleSet, fleet, id) ? 202 : 204, slow: true };
    const { extension, made } = writeExtension(scaleSet, fleet, id, body);
    return { status: made ? 201 : 200, body: extension, slow: true };
  }
}
