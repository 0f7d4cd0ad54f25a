import { count } from '../model';
import type { Style } from './style';
import { type Column, tablesLines } from './table';
import { printable } from './words';

/** A target that was taken over, as far as it is known. */
interface AdoptedLine {
  readonly name: string;
  readonly listenerPort: number;
  readonly host: string | null;
  readonly port: number;
  readonly addresses: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'target' },
  { title: 'port', align: 'right' },
  { title: 'leads to', least: 20 },
];

/** What `adopt` found, a line for each port. */
export function renderAdopted(
  loadBalancer: string,
  router: string,
  targets: readonly AdoptedLine[],
  style: Style,
): string {
  const rows = targets.map(({ name, listenerPort, host, port, addresses }) => {
    const to = host ?? `${addresses.join(', ')} (host not known)`;
    return { cells: [host === null ? '!' : '', name, String(listenerPort), printable(`${to}:${port}`)] };
  });
  const [lines = []] = tablesLines(COLUMNS, [rows], style);
  return `${printable(loadBalancer)} becomes ${router}: ${count(targets.length, 'port')} as they were\n\n${lines.join('\n')}\n`;
}
