import { DEFAULT_SIZE, SIZE_FORM } from '../../inventory';
import { limit, sizesWith } from '../../limits';
import { matches, type Rule, shown } from '../problems';
import { formRules } from '../rules';

const MEMORY = limit('azure.forwarderMemory').value;

const NO_TRUSTED_LAUNCH = sizesWith((size) => !size.trustedLaunch);
const NOT_ACCELERATED = sizesWith((size) => !size.acceleratedNetworking);
const LITTLE_MEMORY = sizesWith((size) => size.vcpus === 1 && size.memoryGiB < MEMORY);

/** What can be wrong with the size of the machines, by itself and together with their image. */
export function sizeRules(): readonly Rule[] {
  const size = 'var.forwarder.size';
  return [
    {
      when: matches(/^[Bb]asic_/, size),
      say: `forwarder.size is \${${shown(size)}}, of the Basic tier, whose machines stand behind no load balancer. Use a size such as ${DEFAULT_SIZE}.`,
    },
    ...formRules(
      size,
      'forwarder.size',
      SIZE_FORM,
      `is no size of machines: Standard_, the family in upper case, the number of cores. Use a size such as ${DEFAULT_SIZE}.`,
    ),
    {
      when: `${matches(/arm64/, 'lower(try(var.forwarder.image.sku, ""))')} && !${matches(ARM_SIZE, size)}`,
      say: `forwarder.image.sku is for Arm processors; machines of the size \${${size}} have others. Choose a size with a p behind the number of cores, such as Standard_D2ps_v6.`,
    },
    {
      when: `${matches(ARM_SIZE, size)} && try(var.forwarder.image.id, null) == null && !${matches(/arm64/, 'lower(try(var.forwarder.image.sku, ""))')}`,
      say: `Machines of the size \${${size}} have Arm processors; the image is for others. Choose a size without the p, or an image for arm64.`,
    },
    {
      when: matches(NO_TRUSTED_LAUNCH, size),
      say: `Machines of the size \${${size}} do not start with Trusted Launch (Secure Boot and a virtual TPM), which every forwarder has. Use a size such as ${DEFAULT_SIZE}.`,
    },
    {
      when: matches(LITTLE_MEMORY, size),
      say: `Machines of the size \${${size}} have less than ${MEMORY} GiB of memory, which system, engine and name server need. Use a size such as ${DEFAULT_SIZE}.`,
    },
    {
      when: `coalesce(var.forwarder.accelerated_networking, false) && ${matches(NOT_ACCELERATED, size)}`,
      say: `forwarder.accelerated_networking is true, and the size \${${size}} has none. Use another size, or leave it away.`,
    },
  ];
}

/** The letter p behind the number of cores. */
const ARM_SIZE = /^Standard_[A-Z]+\d+(-\d+)?[a-z]*p/;
