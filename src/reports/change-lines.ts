import type { PlanChange } from '../model';
import { sentence } from './alarms';
import { byNotice, MARKERS, NOTICES } from './changes';
import type { Style } from './style';
import { foldText, printable } from './words';

/** How far a sentence stands in where it goes on in another line. */
const INDENT = '  ';

/** What changes, by what clients notice. A new target is in the table already. */
export function changeLines(changes: readonly PlanChange[], style: Style): string[] {
  const shown = changes.filter(
    ({ about, change, clients }) => !(about === 'target' && change === 'added' && clients === 'nothing'),
  );
  return byNotice(shown).flatMap(({ clients, changes: noticed }) => {
    const loud = clients !== 'nothing';
    const paint = loud ? style.colors.red : String;
    const lines = noticed.flatMap((change) => {
      const [first = '', ...rest] = foldText(sentence(change, printable), style.width - INDENT.length);
      return [`${loud ? '!' : MARKERS[change.change]} ${first}`, ...rest.map((line) => `${INDENT}${line}`)];
    });
    return [style.colors.bold(`${NOTICES[clients]}:`), ...lines.map((line) => paint(line)), ''];
  });
}
