const NO_WORDS: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** Whether a variable of the environment, such as `CI`, says yes: it is set, and is not empty, `0`, `false`, `no` or `off`, in any letter case. */
export function saysYes(value: string | undefined): boolean {
  return value !== undefined && !NO_WORDS.has(value.trim().toLowerCase());
}
