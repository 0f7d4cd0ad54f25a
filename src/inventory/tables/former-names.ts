/** Keys of routers and targets by the name that an earlier version gave them, with the present one. They are read all the same. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map([['deregistrationDelay', 'drain']]);
