import { ENGINES, enginesWithRoute } from '../../forwarder';
import { type Engine, listed } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { CHOOSES_BY, withoutRoute } from '../tables/route-aliases';
import type { RouterView } from './context';

/** Routes that the engine cannot read. */
export function* withoutRoutes({ targets }: RouterView, engine: Engine): Iterable<InventoryFinding> {
  for (const { path, written } of targets) {
    const { route } = written;
    if (route === undefined || ENGINES[engine].routes.includes(route)) continue;
    const able = listed(enginesWithRoute(route), 'or');
    const reason = fault(
      'PLR1621',
      `The engine ${engine} does not tell targets of one port apart ${CHOOSES_BY[route]}. Every port leads to one target.`,
      `Use engine: ${able}, or ${withoutRoute(written, 'remove')}.`,
    );
    yield errorAt([...path, 'route'], reason);
  }
}
