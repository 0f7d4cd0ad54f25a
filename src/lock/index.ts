export { diffLocks, originOf, pairTargets } from './diff';
export { readLock, readSides, writeLock } from './file';
export { EMPTY_LOCK, parseLock } from './parse';
export { serializeLock } from './serialize';
