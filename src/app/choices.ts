import { saysYes } from '../model';

/** What a run is about: which inventory, which environment, and whether the lock may change. */
export interface Choices {
  /** The inventory's path, relative to where the command runs, or absolute. */
  readonly file: string;
  /** The environment whose overlay and lock are meant; undefined for none. */
  readonly env?: string;
  /** True: a lock that would change is an error. */
  readonly frozen: boolean;
}

/** The inventory's name where none is given. */
export const DEFAULT_FILE = 'privatelink-router.yaml';

/** Whether a run is frozen unless somebody says otherwise: where `CI` is set to anything but a word for no. */
export function frozenByDefault(env: NodeJS.ProcessEnv): boolean {
  return saysYes(env.CI);
}

/**
 * The choices that `cdktf synth` passes on in the environment: `PLR_INVENTORY` (default `privatelink-router.yaml`),
 * `PLR_ENV` (default none), `PLR_FROZEN` (default: true where `CI` is set). In both, `0`, `false`, `no` and `off` are no.
 */
export function choicesFromEnvironment(env: NodeJS.ProcessEnv): Choices {
  return {
    file: env.PLR_INVENTORY || DEFAULT_FILE,
    ...(env.PLR_ENV ? { env: env.PLR_ENV } : {}),
    frozen: env.PLR_FROZEN ? saysYes(env.PLR_FROZEN) : frozenByDefault(env),
  };
}
