/** Where a subnet stands, as its id says. */
export interface SubnetPlace {
  readonly resourceGroup: string;
  readonly virtualNetwork: string;
  readonly subnet: string;
}

/** `…/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>`, in any letter case. */
const SUBNET_ID = /\/resourceGroups\/([^/]+)\/providers\/[^/]+\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i;

/** The same parts as a list, worked out by Terraform. @param id an expression of the id */
export function subnetPlaceExpression(id: string): string {
  return `regex("(?i)${SUBNET_ID.source.replace(/\\\//g, '/')}", ${id})`;
}

/** The parts of a subnet's id. The inventory's checks have read it before; what they let pass and this does not is a defect. */
export function subnetPlace(id: string): SubnetPlace {
  const [, resourceGroup, virtualNetwork, subnet] = SUBNET_ID.exec(id) ?? [];
  if (resourceGroup === undefined || virtualNetwork === undefined || subnet === undefined) {
    throw new Error(`${JSON.stringify(id)} is not the id of a subnet`);
  }
  return { resourceGroup, virtualNetwork, subnet };
}
