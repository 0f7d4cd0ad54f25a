import type { LimitId } from '../../limits';
import { type Cloud, type DnsMode, ROUTES, type Route } from '../../model';

/** What an inventory has to know of a cloud. */
interface CloudFacts {
  /** The key of the router's place that says where in the cloud it stands. */
  readonly regionKey: 'region' | 'location';
  /** What a place needs at least, for a sentence. */
  readonly needs: string;
  /** Who may resolve hosts, the default first. */
  readonly dns: readonly [DnsMode, ...DnsMode[]];
  /** The routes that listeners of its routers can have. */
  readonly routes: readonly Route[];
  /** The limits of an idle timeout. */
  readonly idleTimeout: { readonly min: LimitId; readonly max: LimitId };
}

export const CLOUD_FACTS: Readonly<Record<Cloud, CloudFacts>> = {
  aws: {
    regionKey: 'region',
    needs: 'accountId, region, vpcId and subnetIds',
    dns: ['plan', 'synth'],
    routes: ['tcp'],
    idleTimeout: { min: 'aws.idleTimeoutMin', max: 'aws.idleTimeoutMax' },
  },
  azure: {
    regionKey: 'location',
    needs: 'location, resourceGroupName, subnetId and natSubnetId',
    dns: ['runtime'],
    routes: ROUTES,
    idleTimeout: { min: 'azure.idleTimeoutMin', max: 'azure.idleTimeoutMax' },
  },
};
