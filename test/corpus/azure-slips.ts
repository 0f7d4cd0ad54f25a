import { VALID_AZURE } from './azure-inventory';
import type { Mistake } from './mistake';

type Edit = readonly [from: string, to: string];

/** One mistake by these edits of the valid inventory of Azure. */
export const slips = (name: string, code: string, ...edits: Edit[]): Mistake => ({
  name: `Azure: ${name}`,
  code,
  base: VALID_AZURE,
  edits,
});

/** One mistake by one edit. */
export const slip = (name: string, code: string, from: string, to: string): Mistake => slips(name, code, [from, to]);

/** The same, a warning. */
export const hint = (mistake: Mistake): Mistake => ({ ...mistake, severity: 'warning' });

/** The subscription of the valid inventory, its virtual network, and texts that stand in it once. */
export const ID = '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940';
export const VNET = `/subscriptions/${ID}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
export const PLACE = '  analytics:\n    azure:\n';
export const CRM = '      crm: crm-eu.corp.example:3306\n';
export const LEGACY = '        host: 10.40.7.12\n        port: 3050\n        domain: legacy.corp.example\n';
