import { fault, type InventoryFinding, warningAt } from '../findings';
import { NATIVE_SERVICES } from '../tables/native-services';
import type { RouterView, TargetView } from './context';

/** Hosts of a service of the router's own cloud that Databricks reaches without any router. */
export function* nativeService({ hosts }: TargetView, { cloud }: RouterView): Iterable<InventoryFinding> {
  if (cloud === undefined) return;
  for (const { host, path } of hosts) {
    const service = NATIVE_SERVICES[cloud].find((one) => one.host.test(host.name));
    if (service === undefined) continue;
    const part = service.host.exec(host.name)?.groups?.part ?? '';
    const reason = fault(
      'PLR1238',
      `The host belongs to ${service.name}, which serverless compute reaches by a private endpoint rule for the service itself; it needs no router in between.`,
      `Remove the target, and add that rule to the NCC: ${service.rule(part)}. Keep the target only where such a rule is out of the question.`,
    );
    yield warningAt(path, reason);
  }
}
