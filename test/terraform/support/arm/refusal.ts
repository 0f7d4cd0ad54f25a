/** What Azure Resource Manager answers instead of a result: `{ "error": { "code", "message" } }`. */
export class Refusal extends Error {
  public readonly status: number;
  public readonly code: string;

  public constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Refuses unless the condition holds. The codes are Azure's where they are known; the words are near to its own. */
export function demand(condition: boolean, code: string, message: string, status = 400): asserts condition {
  if (!condition) throw new Refusal(code, message, status);
}

/** A resource that a request names and that is not there. */
export function demandFound<T>(found: T | undefined, id: string, user: string): T {
  if (found === undefined) {
    throw new Refusal('InvalidResourceReference', `Resource ${id} referenced by resource ${user} was not found.`);
  }
  return found;
}
