import { errorAt, fault } from '../findings';
import type { Check, RouterView } from './context';

/** A subnet has one NAT gateway: two routers of one subnet cannot each bring one. */
export const checkNatGateways: Check = function* (context) {
  const first = new Map<string, RouterView>();
  for (const router of context.routers) {
    const { azure } = router.written;
    if (azure?.subnetId === undefined) continue;
    const broken =
      context.has([...router.path, 'azure', 'forwarder', 'egress']) && azure.forwarder?.egress === undefined;
    if (broken || (azure.forwarder?.egress ?? 'nat') !== 'nat') continue;
    const subnet = azure.subnetId.toLowerCase();
    const before = first.get(subnet);
    if (before === undefined) {
      first.set(subnet, router);
      continue;
    }
    const reason = fault(
      'PLR1610',
      `The router ${before.name} makes a NAT gateway for this subnet already (${context.where([...before.path, 'azure', 'subnetId'])}); a subnet has one.`,
      'Give the router a subnet of its own, or another egress than nat.',
    );
    yield errorAt([...router.path, 'azure', 'subnetId'], reason);
  }
};
