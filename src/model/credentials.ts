/** What stands in a message for a text that may hold a credential. */
export const NOT_SHOWN = '(a text that may hold a credential, not shown here)';

/** What stands in a message for a private key. */
const KEY_NOT_SHOWN = '(a private key, not shown here)';

/** Names that secrets have in connection strings, in YAML, in JSON and in the headers of HTTP. */
const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|account|private|shared)[-_]?key|signature|jwt)/i;

/** A name of a secret and what follows it. */
const NAMED_SECRET = new RegExp(`${SECRET_NAME.source}[\\w.-]*["']?\\s*[:=]|bearer\\s+\\S`, 'i');

/** A user's part of a URL and a parameter, also where they are encoded. Their signs stand in no name of a host. */
const USER_OR_PARAMETER = /[@=]|%(?:40|3d)/i;

/** A URL that was cut at its password, as a comma in braces of YAML does: what stands for the port is no number. */
const CUT_URL = /:\/\/[^/?#\s,]*:(?!\d+(?:[/?#\s,;"'}\]]|$))/;

/** `host:port:database:user:password`, a line of libpq's password file, and the like. */
const PASSWORD_FILE = /(?:^|[\s"'])[^\s:/"']+:(?:\d+|\*):[^\s:]+:\S/;
const ADDRESS_ALONE = /^[\s"'[\]\da-f:.%/]+$/i;

/** Tokens that are known by how they begin: of Databricks, GitHub, Slack, Vault, AWS, age, and JSON web tokens. */
const KNOWN_TOKEN =
  /\b(?:dapi[0-9a-f]{32}|dose[0-9a-f]{32}|gh[pousr]_\w{20}|github_pat_\w{20}|xox[abprs]-\w|hvs\.\w{10}|A[KS]IA[0-9A-Z]{16}|eyJ[\w-]{8,}\.)/;

/** `user:password` that nothing else surrounds: a colon before what is no number, no slash and no space. */
const PAIR = /(?<![\w.%+~-]|arn:\S*)(?!(?:arn|jdbc|r2dbc|odbc|tcp|np|lpc|admin):)[\w.%+~-]+:(?!\d+(?!\w)|\s|$|\/\/)\S/i;

/** True for a text that holds the private half of a key, in any of the forms that people paste. */
export function holdsPrivateKey(text: string): boolean {
  return /PRIVATE KEY|PuTTY-User-Key-File|AGE-SECRET-KEY/i.test(text);
}

/**
 * True for a text that may hold a credential: a password, token or key of a connection string, or what is left of one
 * that was cut. Rather a harmless text too many than a secret: no message is worth one.
 */
export function mayHoldCredential(text: string): boolean {
  return (
    USER_OR_PARAMETER.test(text) ||
    NAMED_SECRET.test(text) ||
    CUT_URL.test(text) ||
    KNOWN_TOKEN.test(text) ||
    (PASSWORD_FILE.test(text) && !ADDRESS_ALONE.test(text)) ||
    holdsPrivateKey(text)
  );
}

/** True for a text that holds a password or token beyond doubt: by its name, or between a user and a host. */
export function holdsCredential(text: string): boolean {
  const bare = text.replace(/^(?:r2dbc|jdbc):(?:oracle:\w+:)?/i, '').replace(/^[\w+.:-]*:\/\//, '');
  return NAMED_SECRET.test(bare) || KNOWN_TOKEN.test(bare) || /^[^/@]*[:/][^@]+@/.test(bare);
}

/** No host, line or key is longer; a longer text is not searched, which would take long, and not shown either. */
const LONGEST_SEARCHED = 2000;

/** As `mayHoldCredential`, for a line of a file or a text where a host is expected: a user and a password may stand there alone. */
export function mayHoldPair(text: string): boolean {
  return text.length > LONGEST_SEARCHED || PAIR.test(text) || mayHoldCredential(text);
}

/** True where a key has a name that secrets have. */
export function namesSecret(key: string): boolean {
  return SECRET_NAME.test(key);
}

/** What a message says instead of a text that may hold a credential; undefined where the text may be shown. */
export function insteadOfCredential(text: string): string | undefined {
  if (holdsPrivateKey(text)) return KEY_NOT_SHOWN;
  return mayHoldCredential(text) ? NOT_SHOWN : undefined;
}
