import { describeUnless } from '../../terraform/support/gate';
import { labLacks } from './needs';

/** A suite with real traffic: skipped by name, or failed, where the machine cannot run the lab. */
export function describeTraffic(title: string, body: () => void): void {
  describeUnless(labLacks(), title, body);
}
