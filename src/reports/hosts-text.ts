import { count } from '../model';
import type { Style } from './style';
import { type Column, tablesLines } from './table';
import { printable } from './words';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'host', least: 24 },
  { title: 'addresses', least: 16 },
  { title: 'targets', least: 16 },
];

/** What a look at one host brought. */
export interface HostRow {
  readonly router: string;
  readonly host: string;
  readonly targets: readonly string[];
  readonly addresses: readonly string[];
}

/** What every host resolves to, for people. */
export function renderHosts(hosts: readonly HostRow[], style: Style): string {
  const failed = hosts.filter(({ addresses }) => addresses.length === 0).length;
  const rows = hosts.map(({ router, host, targets, addresses }) => ({
    cells: [
      addresses.length === 0 ? '!' : '',
      host,
      addresses.join(' ') || 'none',
      targets.map((target) => `${router}/${target}`).join(' '),
    ].map(printable),
    ...(addresses.length === 0 ? { paint: style.colors.yellow } : {}),
  }));
  const summary = `${count(hosts.length, 'host')} looked up from here, ${failed} without a usable address`;
  return `${[...(rows.length === 0 ? [] : tablesLines(COLUMNS, [rows], style).flat()), summary].join('\n')}\n`;
}
