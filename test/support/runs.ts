/** How many times as many samples property tests take: `PLR_RUNS`, a whole number from 1 on. `.ci/long` sets it. @default 1 */
export const RUNS_FACTOR = factorOf(process.env.PLR_RUNS);

function factorOf(text = ''): number {
  if (text === '') return 1;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(`PLR_RUNS is ${text}; a whole number from 1 to 99999 is allowed`);
  return Number(text);
}

/**
 * The number of runs of a property test.
 * @param few what a change must pass, in a few seconds
 */
export function runs(few: number): number {
  return few * RUNS_FACTOR;
}
