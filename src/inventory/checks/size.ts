import { limitValue, machineSize } from '../../limits';
import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { DEFAULT_SIZE } from '../schema/forwarder';
import { isArmSize } from '../values/azure/names';

/** A size for Arm machines that starts with Trusted Launch. */
const ARM_SIZE = 'Standard_D2ps_v6';

/** What every machine needs of its size. Of a size that is not known nothing is said. */
export function* sizeFindings(path: ValuePath, size: string | undefined): Iterable<InventoryFinding> {
  const known = machineSize(size ?? DEFAULT_SIZE);
  if (size === undefined || known === undefined) return;
  const instead = `Use a size such as ${isArmSize(size) ? ARM_SIZE : DEFAULT_SIZE}.`;
  if (!known.trustedLaunch) {
    const reason = fault(
      'PLR1613',
      `Machines of the size ${size} do not start with Trusted Launch (Secure Boot and a virtual TPM), which every forwarder has: Azure refuses to make one.`,
      instead,
    );
    yield errorAt([...path, 'size'], reason);
  }
  const least = limitValue('azure.forwarderMemory', {});
  if (known.memoryGiB >= least) return;
  const reason = fault(
    'PLR1613',
    `Machines of the size ${size} have ${known.memoryGiB} GiB of memory; system, engine and name server need ${least} GiB at least, sessions more.`,
    instead,
  );
  yield errorAt([...path, 'size'], reason);
}
