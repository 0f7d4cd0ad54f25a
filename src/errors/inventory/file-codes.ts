/** What the inventory is told about the file itself and its syntax: PLR10xx. */
export const fileCodes = {
  PLR1001: {
    title: 'No such file',
    explanation: 'The inventory that was named does not exist. Check the name and the folder that the command runs in.',
  },
  PLR1002: { title: 'Not a file', explanation: 'An inventory is one file. Name the file inside the folder.' },
  PLR1003: {
    title: 'File cannot be read',
    explanation: 'The system refused to read the file. The message says why; usually its permissions are at fault.',
  },
  PLR1004: {
    title: 'Neither UTF-8 nor UTF-16',
    explanation:
      'Inventories are UTF-8 text, with or without a byte order mark; UTF-16, as Windows PowerShell writes it, is read too.',
  },
  PLR1005: {
    title: 'File too large',
    explanation: 'A file of more than 4 MiB is no inventory that a person wrote. Split it into several inventories.',
  },
  PLR1006: { title: 'Empty file', explanation: 'The file holds nothing but spaces and comments. Write an inventory.' },
  PLR1007: {
    title: 'Not valid YAML or JSON',
    explanation:
      'The text cannot be read as YAML 1.2 (or as JSON, where the file is called `.json`). Only the first such place is reported, since everything after it may be misread.',
  },
  PLR1008: { title: 'Tab as indentation', explanation: 'YAML indents with spaces. Replace the tab.' },
  PLR1009: {
    title: 'Several documents',
    explanation: 'A `---` begins a second document. An inventory is one document: use one file for each.',
  },
  PLR1010: {
    title: 'Key stands twice',
    explanation:
      'One map has the same key twice. Most readers of YAML let the second win in silence, and a target would be lost; here it is an error.',
  },
  PLR1011: {
    title: 'Unknown alias',
    explanation:
      'An alias (`*name`) needs an anchor (`&name`) that is complete before it. A text that begins with `*` needs quotes.',
  },
  PLR1012: {
    title: 'Aliases unfold without end',
    explanation: 'Aliases of aliases multiply. What they unfold to is far larger than any inventory.',
  },
  PLR1013: {
    title: 'Tag or directive without meaning',
    explanation: 'Inventories are plain YAML 1.2: no tags such as `!include`, no `%` directives, no YAML 1.1.',
  },
  PLR1014: {
    title: 'Key is not a text',
    explanation: 'Keys of an inventory are plain texts, no lists, maps or aliases.',
  },
  PLR1015: {
    title: 'Merge key without a map',
    explanation: 'The merge key `<<` lays a map, or each map of a list, into the map that it stands in.',
  },
  PLR1016: {
    title: 'Merge key hides a target',
    explanation:
      'A merge key brings a router or target whose name the map has already, with another value. The own one wins; if both are meant, give one of them another name.',
  },
  PLR1017: { title: 'Nested too deeply', explanation: 'No inventory has that many levels. Remove the needless ones.' },
  PLR1018: {
    title: 'No overlay of this environment',
    explanation:
      'With `--env NAME` the file `<inventory>.NAME.<ending>` beside the inventory is laid over it. It has to exist, even if it only says `{}`.',
  },
  PLR1019: {
    title: 'Name of an environment',
    explanation:
      'An environment is named with lower-case letters, digits and hyphens, at most 63 characters, since files and cloud resources carry its name. `lock` is taken by the lock file.',
  },
  PLR1020: {
    title: 'Overlay removes nothing',
    explanation:
      'The overlay sets a key to `null`, which removes it, but the inventory has no such key. Perhaps it is misspelt.',
  },
  PLR1021: { title: 'Not a map', explanation: 'An inventory begins with keys such as `version: 1` and `routers:`.' },
  PLR1022: {
    title: 'Overlay with another ending',
    explanation:
      'An overlay has the ending of its inventory: beside `privatelink-router.yaml` it is `privatelink-router.NAME.yaml`, and a `privatelink-router.NAME.yml` is not read. Rename it.',
  },
  PLR1023: {
    title: 'Space that indents nothing',
    explanation:
      'A no-break space, or another space of Unicode, stands where a line is indented. YAML takes it for the first character of the text. It comes along when text is copied out of a page or a chat: replace it by plain spaces.',
  },
  PLR1024: {
    title: 'The inventory holds a merge conflict',
    explanation:
      'Two branches changed the same lines and git could not decide, so that it left both with its markers (`<<<<<<<`, `=======`, `>>>>>>>`). Keep the lines that are meant, delete the markers, and let `privatelink-router check` read the result.',
  },
  PLR1025: {
    title: 'A comma may cut a password',
    explanation:
      'In braces and brackets a comma ends a text that has no quotes. Where one of the texts of such a line looks like part of a connection string with a password, and another is no key that an inventory knows, any of them may be a piece of the password: what is wrong with them is told in one message that repeats nothing. Write host and port alone, without user and password, and put quotes around texts with commas; a second run tells the rest.',
  },
} as const;
