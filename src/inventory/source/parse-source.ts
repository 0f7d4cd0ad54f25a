import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { mayHoldPair } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from '../findings';
import { TreeBuilder } from './build-tree';
import { cutTexts } from './cut-texts';
import { type MapNode, mapNode, type Source } from './source-node';
import { syntaxFault, TOO_DEEP } from './syntax-faults';
import { mergeConflicts, oddIndentation } from './text-faults';

/** A file that was understood, or the one fault that prevents it. Duplicate keys and the like are findings beside the tree. */
export interface ParsedSource {
  readonly root?: MapNode;
  readonly findings: readonly InventoryFinding[];
}

/** Reads YAML 1.2 or JSON into a tree in which each key and value knows its place. Never throws. */
export function parseSource(text: string, file: string): ParsedSource {
  const json = file.toLowerCase().endsWith('.json');
  let source: Source = { file, lines: new LineCounter(), cuts: [] };
  const refuse = (reason: Fault, offset: number): ParsedSource => ({
    findings: [errorAt([], reason, { place: { source, offset } })],
  });

  const deep = tooDeep(text);
  if (deep !== undefined) {
    countLines(text, source.lines);
    return refuse(TOO_DEEP, deep);
  }
  const conflicts = mergeConflicts(text);
  if (conflicts.length > 0) {
    countLines(text, source.lines);
    return { findings: conflicts.map(({ reason, offset }) => errorAt([], reason, { place: { source, offset } })) };
  }
  const document = parseDocument(text, {
    lineCounter: source.lines,
    // The tree builder looks for doubles itself: the parser's own search is quadratic and names one place only.
    uniqueKeys: false,
    intAsBigInt: true,
    resolveKnownTags: false,
    prettyErrors: false,
    // Anything quieter would also drop the error about a second document.
    logLevel: 'error',
  });
  const indentation = oddIndentation(document, text);
  if (indentation !== undefined) return refuse(indentation.reason, indentation.offset);
  const first = firstByPlace(document);
  if (first !== undefined)
    return refuse(syntaxFault(first, json, lineAt(text, first.pos[0])), opening(document, first.pos[0]));
  const forbidden = text.search(FORBIDDEN);
  if (forbidden >= 0) {
    const code = text.charCodeAt(forbidden).toString(16).padStart(4, '0');
    return refuse(
      fault('PLR1007', `The file holds the control character U+${code.toUpperCase()}.`, 'Remove the character.'),
      forbidden,
    );
  }
  source = { ...source, cuts: cutTexts(document, text) };
  const special = directiveOrTag(document, text);
  if (special !== undefined) return refuse(special.reason, special.offset);
  const json5 = json ? jsonFault(text) : undefined;
  if (json5 !== undefined) return refuse(json5.reason, json5.offset);
  return build(document, source, refuse);
}

type Refuse = (reason: Fault, offset: number) => ParsedSource;

function build(document: Document.Parsed, source: Source, refuse: Refuse): ParsedSource {
  const contents = document.contents as Node | null;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return refuse(
      fault(
        'PLR1006',
        'The file is empty.',
        'Write an inventory, or delete the file and run `privatelink-router init`, which writes one to start from.',
      ),
      0,
    );
  }
  const offset = contents.range?.[0] ?? 0;
  if (!isMap(contents)) {
    const got = isScalar(contents) ? 'a single value' : isAlias(contents) ? 'an alias' : 'a list';
    return refuse(
      fault('PLR1021', `The file holds ${got}; an inventory is a map.`, 'Begin with `version: 1`.'),
      offset,
    );
  }
  const builder = new TreeBuilder(source);
  const root = builder.build(contents);
  if (builder.refused !== undefined) return refuse(builder.refused.reason, builder.refused.offset);
  return { root: root.kind === 'map' ? root : mapNode(root.place, new Map()), findings: builder.findings };
}

/** The line that a place is on, as it is written. */
function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end);
}

/** The parser counts lines as it goes; where it does not get to read, somebody else has to. */
function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
}

/** More brackets, or more characters of indentation, than text that is meant as an inventory could have. */
const ABSURD_DEPTH = 1000;
const ABSURD_INDENT = new RegExp(`^[ \\t?:-]{${ABSURD_DEPTH}}`, 'm');

/**
 * Where values begin to be nested absurdly deep. The parser would find out by itself, but only after minutes. Brackets in
 * texts and comments are counted too: a thousand of them that are never closed stand in no inventory.
 */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 0x5b || char === 0x7b) depth += 1;
    else if ((char === 0x5d || char === 0x7d) && depth > 0) depth -= 1;
    if (depth > ABSURD_DEPTH) return index;
  }
  const indent = text.search(ABSURD_INDENT);
  return indent < 0 ? undefined : indent;
}

/** Control characters are no part of YAML or JSON text, although the parser lets them pass. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The parser stumbles on after its first error: only the one that stands first is the user's own. */
function firstByPlace(document: Document.Parsed): Document.Parsed['errors'][number] | undefined {
  const exhausted = document.errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  return (
    exhausted ??
    document.errors.reduce<(typeof document.errors)[number] | undefined>(
      (first, error) => (first === undefined || error.pos[0] < first.pos[0] ? error : first),
      undefined,
    )
  );
}

/** A quote that is never closed is noticed at the end of the file; the user wants to know where it opens. */
function opening(document: Document.Parsed, offset: number): number {
  let start = offset;
  visit(document, {
    Scalar: (_key, { range, type }) => {
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (quoted && range && range[0] < offset && offset <= range[1] + 1) start = range[0];
    },
  });
  return start;
}

function directiveOrTag(document: Document.Parsed, text: string): { reason: Fault; offset: number } | undefined {
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    return {
      reason: fault(
        'PLR1013',
        `The file asks for YAML ${document.directives.yaml.version}, in which \`no\` is false and 22:22 a number; inventories are YAML 1.2.`,
        'Remove the `%YAML` line.',
      ),
      offset: Math.max(text.indexOf('%YAML'), 0),
    };
  }
  const warning = document.warnings[0];
  if (warning === undefined) return undefined;
  const tag = text.slice(warning.pos[0], warning.pos[1]).trim();
  // A password that begins with `!` and has no quotes reads as a tag.
  const shown = mayHoldPair(lineAt(text, warning.pos[0])) ? 'here' : quote(tag);
  const reason = tag.startsWith('!')
    ? fault('PLR1013', `The tag ${shown} has no meaning in an inventory.`, 'Remove the tag.')
    : fault('PLR1013', 'A directive (`%…`) of the file has no meaning in an inventory.', 'Remove the line.');
  return { reason, offset: warning.pos[0] };
}

/** YAML forgives what JSON does not: a trailing comma, a comment, single quotes. A file that is called JSON must be JSON. */
function jsonFault(text: string): { reason: Fault; offset: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : '');
    const reason = syntaxFault({ code: 'UNEXPECTED_TOKEN', message: '' }, true);
    return { reason, offset: place === null ? text.length : Number(place[1]) };
  }
}
