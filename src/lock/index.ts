export { diffLocks } from './diff';
export { readLock, writeLock } from './file';
export { EMPTY_LOCK, parseLock } from './parse';
export { lockPath } from './path';
export { serializeLock } from './serialize';
