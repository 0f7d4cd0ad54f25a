import { afterAll, beforeAll, describe, vi } from 'vitest';
import type { Engine } from '../../../src/forwarder';
import { Lab } from '../support/lab';
import { bytesArrive } from './bytes';
import { changesDropNothing } from './changes';
import { databasesAnswer } from './databases';
import { deadTargetsAreRefused } from './dead-targets';
import { doorsAreFew } from './doors';
import { sessionsDrain } from './drain';
import { failuresHeal } from './failures';
import { idleSessionsLive } from './idle';
import { machinesLeave } from './leaving';
import { namesAreFollowed } from './names';
import { namesAreNames } from './names-as-code';
import { refusalsChangeNothing } from './refusals';
import { roomIsLeft } from './room';
import { updatesTakeEffect } from './updates';

/** Boots two machines and waits for their first configuration; the first time of all the Debian system is made before. */
const START_LIMIT = 600_000;
/** Every wait in a test has its own limit; this one is for a machine that does much else besides. */
const TEST_LIMIT = 600_000;

/** Every line that a forwarder must hold, with one engine in one lab. */
export function carriesTraffic(engine: Engine): void {
  let lab: Lab | undefined;
  const theLab = (): Lab => {
    if (lab === undefined) throw new Error('the lab did not start');
    return lab;
  };
  vi.setConfig({ testTimeout: TEST_LIMIT, hookTimeout: START_LIMIT });
  beforeAll(async () => {
    lab = await Lab.start(engine);
  });
  afterAll(() => lab?.stop());

  describe('bytes', () => bytesArrive(theLab));
  describe('doors', () => doorsAreFew(theLab));
  describe('databases', () => databasesAnswer(theLab));
  describe('idle sessions', () => idleSessionsLive(theLab));
  describe('names', () => namesAreFollowed(theLab));
  describe('dead targets', () => deadTargetsAreRefused(theLab));
  describe('changes', () => changesDropNothing(theLab));
  describe('drain', () => sessionsDrain(theLab));
  describe('refusals', () => refusalsChangeNothing(theLab));
  describe('room', () => roomIsLeft(theLab));
  describe('text', () => namesAreNames(theLab));
  describe('updates', () => updatesTakeEffect(theLab));
  describe('failures', () => failuresHeal(theLab));
  describe('machines', () => machinesLeave(theLab));
}
