/** What the account API answers instead of a result. */
export class ApiError extends Error {
  public readonly status: number;
  public readonly code: string;

  public constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A refusal of the caller's values. */
export function refuse(message: string, code = 'INVALID_PARAMETER_VALUE', status = 400): never {
  throw new ApiError(status, code, message);
}

/** The API refuses fields that it does not know, by name. */
export function onlyKnown(body: Readonly<Record<string, unknown>>, allowed: readonly string[], what: string): void {
  const unknown = Object.keys(body).filter((key) => !allowed.includes(key));
  if (unknown.length > 0) {
    refuse(`Could not parse request object: unknown field(s) ${unknown.join(', ')} in ${what}`, 'MALFORMED_REQUEST');
  }
}
