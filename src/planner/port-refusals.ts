import type { Finding, RetiredPort, Target, ValuePath } from '../model';
import { domainsPath } from './domain-groups';
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
  const asked = { port, obstacle, route };
  if (listenPort === undefined) {
    const message = `${name} cannot listen on port ${port} with route ${route}: ${obstacleWords(obstacle)}`;
    return refusal(router, { ...asked, path: targetPath(router, name, 'route'), message, without: 'this target' }, all);
  }
  const how = route === 'tcp' ? '' : ` for route ${route}`;
  const message = `listenPort ${port} of ${name} is not free${how}: ${obstacleWords(obstacle)}`;
  const path = targetPath(router, name, 'listenPort');
  return refusal(router, { ...asked, path, message, without: 'this `listenPort`' }, all);
}

/** Why a target cannot keep its port with another route, or with names that it did not have there (PLR2201, PLR2202). */
export function keptPortRefused(
  router: string,
  target: Target,
  port: number,
  obstacle: Obstacle,
  all: readonly RetiredPort[],
): Finding {
  const { name, route } = target;
  const named = namesOf(obstacle) && route !== 'tcp';
  const [path, without] = named
    ? [domainsPath(router, target), 'this domain']
    : [targetPath(router, name, 'route'), 'this `route`'];
  const message = `${name} cannot have port ${port} with route ${route}: ${obstacleWords(obstacle)}`;
  return refusal(router, { port, obstacle, route, path, message, without }, all);
}

/** Whether what is in the way is one of the names, and not the port. */
function namesOf(obstacle: Obstacle): boolean {
  if (obstacle.kind === 'retired') return obstacle.selector.name !== undefined && obstacle.same;
  return obstacle.kind === 'held' && obstacle.names.length > 0;
}

interface Refused {
  readonly port: number;
  readonly obstacle: Obstacle;
  readonly route: Target['route'];
  readonly path: ValuePath;
  readonly message: string;
  /** What has to go for a while before a release. */
  readonly without: string;
}

function refusal(
  router: string,
  { port, obstacle, route, path, message, without }: Refused,
  all: readonly RetiredPort[],
): Finding {
  const names = namesOf(obstacle);
  const another = names
    ? `Give it another \`domain\`${route === 'http' ? ' or `path`' : ''}, or another port as \`listenPort\`.`
    : path.at(-1) === 'listenPort'
      ? 'Choose another port.'
      : 'Set `listenPort` to another port.';
  return 'shard' in obstacle
    ? retiredRefusal(router, { port, obstacle, path, message, without, another, names }, all)
    : error('PLR2202', path, message, another);
}

/** What is in the way is gone, and can be freed. */
function retiredRefusal(
  router: string,
  {
    port,
    obstacle,
    path,
    message,
    without,
    another,
    names,
  }: Omit<Refused, 'route' | 'obstacle'> & {
    readonly obstacle: Extract<Obstacle, { readonly shard: string }>;
    /** What to do else. */
    readonly another: string;
    readonly names: boolean;
  },
  all: readonly RetiredPort[],
): Finding {
  const { selector = {} } = obstacle.kind === 'retired' ? obstacle : {};
  const command = releaseCommand(router, { listenerPort: port, shard: obstacle.shard, ...selector }, all);
  const fix = `${another} To use ${names ? 'that name' : 'this one'} again, run \`lock\` and \`terraform apply\` without ${without}, make sure that no client dials it any more, and free it with \`${command}\`.`;
  return error('PLR2201', path, message, fix);
}
