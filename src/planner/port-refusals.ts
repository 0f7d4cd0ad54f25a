import type { Finding, RetiredPort, Target } from '../model';
import { error, targetPath } from './findings';
import { type Obstacle, obstacleWords } from './ports';
import { releaseCommand } from './release';

/** Why a new target, or one with another `listenPort`, cannot have the port that it asks for (PLR2201, PLR2202). */
export function refused(
  router: string,
  target: Target,
  port: number,
  obstacle: Obstacle,
  all: readonly RetiredPort[],
): Finding {
  const { name, route, listenPort } = target;
  const how = route === 'tcp' ? '' : ` for route ${route}`;
  const message =
    listenPort === undefined
      ? `${name} cannot listen on port ${port} with route ${route}: ${obstacleWords(obstacle)}`
      : `listenPort ${port} of ${name} is not free${how}: ${obstacleWords(obstacle)}`;
  return refusal(router, target, listenPort === undefined ? 'route' : 'listenPort', { port, message, obstacle }, all);
}

/** Why a target cannot keep its port with another route. */
export function keptPortRefused(
  router: string,
  target: Target,
  port: number,
  obstacle: Obstacle,
  all: readonly RetiredPort[],
): Finding {
  const message = `${target.name} cannot have port ${port} with route ${target.route}: ${obstacleWords(obstacle)}`;
  return refusal(router, target, 'route', { port, message, obstacle }, all);
}

function refusal(
  router: string,
  { name, route }: Target,
  key: 'listenPort' | 'route',
  { port, message, obstacle }: { readonly port: number; readonly message: string; readonly obstacle: Obstacle },
  all: readonly RetiredPort[],
): Finding {
  const path = targetPath(router, name, key);
  const shared = obstacle.kind === 'held' && obstacle.names.length > 0;
  const another = key === 'listenPort' ? 'Choose another port' : 'Set `listenPort` to another port';
  if (obstacle.kind !== 'retired' && !('shard' in obstacle)) {
    const fix = shared
      ? `Give it another \`domain\`${route === 'http' ? ' or `path`' : ''}, or ${lowered(another)}.`
      : `${another}.`;
    return error('PLR2202', path, message, fix);
  }
  const { selector = {} } = obstacle.kind === 'retired' ? obstacle : {};
  const command = releaseCommand(router, { listenerPort: port, shard: obstacle.shard, ...selector }, all);
  const [without, dials] =
    selector.name === undefined
      ? [key === 'listenPort' ? 'this `listenPort`' : 'this target', 'it']
      : ['this target', 'that name there'];
  return error(
    'PLR2201',
    path,
    message,
    `${another}. To use this one again, run \`lock\` and \`terraform apply\` without ${without}, make sure that no client dials ${dials} any more, and free it with \`${command}\`.`,
  );
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
