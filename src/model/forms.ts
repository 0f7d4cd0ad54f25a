/** Names of routers and targets: Terraform addresses, folders and names in the cloud carry them. */
export const NAME_FORM = /^[a-z][a-z0-9-]{0,62}$/;

/** Names of pins: as those of targets, but none that could be taken for the key of a shard or a pool. */
export const PIN_FORM = /^(?![sp]\d+$)[a-z][a-z0-9-]{0,62}$/;

/** A host in lower case without its last dot; it has at most 253 characters, which is asked apart (RFC 1035, 2.3.4). */
export const HOST_FORM = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * What the path of a request begins with, `/orders/eu`: whole segments, without one that is empty or of dots alone, without a slash
 * at the end, and of letters, digits and signs that clients never escape and servers read in one way only. It has at most
 * `LONGEST_PATH` characters, which is asked apart. Terraform reads the form too, which cannot look ahead.
 */
export const PATH_FORM = /^(?:\/\.*[A-Za-z0-9_~:@+=-][A-Za-z0-9._~:@+=-]*)+$/;

/** Characters of the longest path that chooses a target: more than any API has, and little of the first line of a request. */
export const LONGEST_PATH = 512;

/** The highest port of TCP. */
export const HIGHEST_PORT = 65_535;

/** A port as it is written, in decimal digits without zeros before them; undefined where the text is none. */
export function portOf(text: string): number | undefined {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= HIGHEST_PORT ? Number(text) : undefined;
}
