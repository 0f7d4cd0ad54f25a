import type { Finding, RetiredPort, Target, ValuePath } from '../model';
import { domainsPath } from './domain-groups';
import { error, targetPath } from './findings';
import { type Obstacle, obstacleWords } from './ports';
import { releaseCommand } from './release';

/** A target that cannot have a port, and what is in its way. */
interface Hindered {
  readonly router: string;
  readonly target: Target;
  readonly port: number;
  readonly obstacle: Obstacle;
  /** Every port and name of the router that is retired. */
  readonly retired: readonly RetiredPort[];
}

/** Why a new target, or one with another `listenPort`, cannot have the port that it asks for (PLR2201, PLR2202). */
export function refused(hindered: Hindered): Finding {
  const { router, target, port, obstacle } = hindered;
  const { name, route, listenPort } = target;
  if (listenPort === undefined) {
    const message = `${name} cannot listen on port ${port} with route ${route}: ${obstacleWords(obstacle)}`;
    return refusal(hindered, { path: targetPath(router, name, 'route'), message, without: 'this target' });
  }
  const how = route === 'tcp' ? '' : ` for route ${route}`;
  const message = `listenPort ${port} of ${name} is not free${how}: ${obstacleWords(obstacle)}`;
  return refusal(hindered, { path: targetPath(router, name, 'listenPort'), message, without: 'this `listenPort`' });
}

/** Why a target cannot keep its port with another route, or with names that it did not have there (PLR2201, PLR2202). */
export function keptPortRefused(hindered: Hindered): Finding {
  const { router, target, port, obstacle } = hindered;
  const { name, route } = target;
  const [path, without] =
    namesOf(obstacle) && route !== 'tcp'
      ? [domainsPath(router, target), 'this domain']
      : [targetPath(router, name, 'route'), 'this `route`'];
  const message = `${name} cannot have port ${port} with route ${route}: ${obstacleWords(obstacle)}`;
  return refusal(hindered, { path, message, without });
}

/** Whether what is in the way is one of the names, and not the port. */
function namesOf(obstacle: Obstacle): boolean {
  if (obstacle.kind === 'retired') return obstacle.selector.name !== undefined && obstacle.same;
  return obstacle.kind === 'held' && obstacle.names.length > 0;
}

/** What is said of it. */
interface Said {
  readonly path: ValuePath;
  readonly message: string;
  /** What has to go for a while before a release. */
  readonly without: string;
}

function refusal(hindered: Hindered, said: Said): Finding {
  const { obstacle } = hindered;
  const another = otherWay(hindered, said);
  return 'shard' in obstacle
    ? retiredRefusal(hindered, obstacle, said, another)
    : error('PLR2202', said.path, said.message, another);
}

/** What to do else. */
function otherWay({ obstacle, target }: Hindered, { path }: Said): string {
  if (namesOf(obstacle)) {
    return `Give it another \`domain\`${target.route === 'http' ? ' or `path`' : ''}, or another port as \`listenPort\`.`;
  }
  return path.at(-1) === 'listenPort' ? 'Choose another port.' : 'Set `listenPort` to another port.';
}

/** What is in the way is gone, and can be freed. */
function retiredRefusal(
  { router, port, retired }: Hindered,
  obstacle: Extract<Obstacle, { readonly shard: string }>,
  { path, message, without }: Said,
  another: string,
): Finding {
  const { selector = {} } = obstacle.kind === 'retired' ? obstacle : {};
  const command = releaseCommand(router, { listenerPort: port, shard: obstacle.shard, ...selector }, retired);
  const fix = `${another} To use ${namesOf(obstacle) ? 'that name' : 'this one'} again, run \`lock\` and \`terraform apply\` without ${without}, make sure that no client dials it any more, and free it with \`${command}\`.`;
  return error('PLR2201', path, message, fix);
}
