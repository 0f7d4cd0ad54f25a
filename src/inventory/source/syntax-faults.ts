import type { YAMLError } from 'yaml';
import { type Fault, fault } from '../findings';
import { ALL_KEYS } from '../schema/all-keys';
import { missingSpace } from '../values/missing-space';

/** What the parser found, in the words of somebody who writes YAML. The text that it stumbled on is on the line that we name. */
export function syntaxFault(error: Pick<YAMLError, 'code' | 'message'>, json: boolean, line = ''): Fault {
  const language = json ? 'JSON' : 'YAML';
  const key = json || !SPACE_MAY_MISS.has(error.code) ? undefined : keyOfLine(line);
  if (key !== undefined) return missingSpace(ALL_KEYS.has(key) ? key : undefined, line);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return fault('PLR1008', 'A tab indents this line; YAML indents with spaces only.', 'Replace the tab by spaces.');
    case 'MULTIPLE_DOCS':
      return fault(
        'PLR1009',
        'A second document begins here; an inventory is one document.',
        'Remove the `---`, or put the second document into a file of its own.',
      );
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    default:
      return fault(
        'PLR1007',
        `This is not valid ${language}: ${WORDS[error.code] ?? WORDS.UNEXPECTED_TOKEN}`,
        FIX(json),
      );
  }
}

/** What the parser says where a line is taken for part of a text, since no space follows the colon of its key. */
const SPACE_MAY_MISS: ReadonlySet<string> = new Set([
  'MULTILINE_IMPLICIT_KEY',
  'MISSING_CHAR',
  'BLOCK_AS_IMPLICIT_KEY',
]);

/** The key of a line such as `port:5432`. */
function keyOfLine(line: string): string | undefined {
  return /^[ \t]*(?:- +)*([A-Za-z][\w-]*):(?![ \t/]|\r?$)/.exec(line)?.[1];
}

/** Brackets or indentation without end. */
export const TOO_DEEP = fault(
  'PLR1017',
  'The values are nested deeper than an inventory ever is.',
  'Remove the needless levels.',
);

const FIX = (json: boolean): string =>
  json
    ? 'Correct the line; texts and keys stand in double quotes, with commas between the entries.'
    : 'Correct the line; a text with `: `, ` #`, quotes, brackets or `@ * & ! %` at its start needs quotes around it.';

const WORDS: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias (`*name`) can have neither an anchor nor a tag.',
  BAD_ALIAS: 'an alias or an anchor is badly written.',
  BAD_COLLECTION_TYPE: 'a tag does not fit the map or list that it stands before.',
  BAD_DIRECTIVE: 'a line that begins with `%` is a directive that YAML does not know.',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins an escape that does not exist; single quotes take it as it is.',
  BAD_INDENT: 'a line is indented too little, or a bracket is not closed.',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place.',
  BAD_SCALAR_START: 'a text begins with a character that YAML reserves, and has no quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'a second `key:` stands in one line, or this line is indented deeper than the one before it.',
  BLOCK_IN_FLOW: 'an indented block stands inside brackets.',
  IMPOSSIBLE: 'the parser cannot make sense of this.',
  KEY_OVER_1024_CHARS: 'a key has more than 1,024 characters.',
  MISSING_CHAR: 'a closing quote, a comma, a colon or a space after a colon is missing.',
  MULTILINE_IMPLICIT_KEY: 'a key runs over two lines; perhaps a space is missing after a colon.',
  MULTIPLE_ANCHORS: 'a value has two anchors.',
  MULTIPLE_TAGS: 'a value has two tags.',
  UNEXPECTED_TOKEN: 'something stands here that does not belong here.',
};
