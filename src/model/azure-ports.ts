import { HIGHEST_PORT } from './forms';

/** Ports that no load balancer of Azure has a frontend on, with the reason. */
export const AZURE_REFUSED_PORTS: ReadonlyMap<number, string> = new Map([
  [HIGHEST_PORT, 'Azure refuses it as a frontend port'],
]);
