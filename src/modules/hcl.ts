/** An attribute of a block: its name, and its value as an HCL expression. */
export interface HclAttribute {
  readonly name: string;
  /** An expression; where it is several lines, the block's indentation is put before each. */
  readonly expression: string;
}

/** A block with its attributes and blocks, in this order. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: readonly (HclAttribute | HclBlock)[];
}

const INDENT = '  ';

/** Runs of `$` and `%` before a brace: there a template begins, or (doubled) the escape of one. */
const TEMPLATE_START = /[$%]+(?=\{)/g;

/**
 * A text as an HCL literal: the parser reads back that very text (in Unicode's NFC, as all of Terraform's texts), and
 * nothing in it is a template. In a run of marks the last one is spelt by its number, because doubling it would be read
 * as an escape followed by a brace.
 */
export function hclText(text: string): string {
  const literal = escaped(text).replace(TEMPLATE_START, (run) =>
    run.length === 1 ? run + run : run.slice(0, -1) + numbered(run.slice(-1)),
  );
  return `"${literal}"`;
}

/**
 * A template of ours as a quoted HCL template: `${…}` stays an expression, and everything around it is text. A literal
 * `${` is written `$${`, as in HCL itself. A template that is one expression alone becomes that expression.
 */
export function hclTemplate(template: string): string {
  const parts = templateParts(template).filter(({ text }) => text !== '');
  const [only] = parts;
  if (parts.length === 1 && only?.expression === true) return only.text.slice(2, -1);
  return `"${parts.map(({ expression, text }) => (expression ? text : escaped(text))).join('')}"`;
}

/** A JSON value as an HCL expression; maps and lists that are not empty go over several lines. */
export function hclValue(value: unknown, indent = ''): string {
  if (typeof value === 'string') return hclText(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${hclValue(item, inner)},\n`).join('')}${indent}]`;
  }
  if (typeof value !== 'object') throw new Error(`HCL has no value for ${String(value)}.`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const attributes = entries.map(([key, item]) => ({ name: hclKey(key), expression: hclValue(item, '') }));
  return `{\n${renderBody(attributes, inner)}${indent}}`;
}

/** The type of an object: its attributes in their order, each with a type, laid out as `terraform fmt` does it. */
export function hclObjectType(attributes: Readonly<Record<string, string>>): string {
  const body = Object.entries(attributes).map(([name, expression]) => ({ name, expression }));
  return `object({\n${renderBody(body, INDENT)}})`;
}

/** A file of blocks with an empty line between, laid out as `terraform fmt` does it. */
export function hclFile(comment: string, blocks: readonly HclBlock[]): string {
  const head = comment
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
  return `${[head, ...blocks.map((block) => renderBlock(block, '').trimEnd())].join('\n\n')}\n`;
}

/** A condition that goes over several lines needs brackets around it. */
export function hclCondition(expression: string): string {
  const text = expression.trim();
  return text.includes('\n') ? `(\n${indented(text, INDENT)}\n)` : text;
}

function renderBlock(block: HclBlock, indent: string): string {
  const head = [block.type, ...block.labels.map(hclText)].join(' ');
  const body = renderBody(block.body, indent + INDENT);
  return body === '' ? `${indent}${head} {}\n` : `${indent}${head} {\n${body}${indent}}\n`;
}

/** Attributes of one line that follow on each other have their equals signs below each other. */
function renderBody(body: HclBlock['body'], indent: string): string {
  const lines: string[] = [];
  for (const [index, item] of body.entries()) {
    if ('type' in item) {
      if (index > 0) lines.push('\n');
      lines.push(renderBlock(item, indent));
      continue;
    }
    const width = Math.max(...runAround(body, index).map(({ name }) => name.length));
    const [first = '', ...more] = item.expression.trim().split('\n');
    lines.push(`${indent}${item.name.padEnd(width)} = ${first}\n`);
    lines.push(...more.map((line) => (line.trim() === '' ? '\n' : `${indent}${line}\n`)));
  }
  return lines.join('');
}

/** The attributes of one line around this one; one of several lines stands alone. */
function runAround(body: HclBlock['body'], index: number): readonly HclAttribute[] {
  const joins = (item: HclAttribute | HclBlock | undefined): item is HclAttribute =>
    item !== undefined && !('type' in item) && !item.expression.trim().includes('\n');
  const own = body[index];
  if (own === undefined || 'type' in own) return [];
  if (!joins(own)) return [own];
  let start = index;
  while (joins(body[start - 1])) start -= 1;
  let end = index + 1;
  while (joins(body[end])) end += 1;
  return body.slice(start, end).filter(joins);
}

function hclKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : hclText(key);
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : indent + line))
    .join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** What a quoted template cannot hold as it is; control characters and lone halves of a pair have no other spelling. */
function escaped(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
    /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g,
    (found) => ESCAPES[found] ?? numbered(found),
  );
}

function numbered(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A template as its texts and its expressions (with their `${` and `}`), in order. */
function templateParts(template: string): { readonly expression: boolean; readonly text: string }[] {
  const parts: { expression: boolean; text: string }[] = [];
  let from = 0;
  for (let at = 0; at < template.length; ) {
    if (template.startsWith('$${', at) || template.startsWith('%%{', at)) {
      at += 3;
    } else if (template.startsWith('${', at)) {
      const end = expressionEnd(template, at + 2);
      parts.push({ expression: false, text: template.slice(from, at) });
      parts.push({ expression: true, text: template.slice(at, end) });
      from = end;
      at = end;
    } else if (template.startsWith('%{', at)) {
      throw new Error(`A template of ours has no directives: ${template}`);
    } else {
      at += 1;
    }
  }
  return [...parts, { expression: false, text: template.slice(from) }];
}

/** The place behind the brace that closes the expression; braces inside its own texts do not count. */
function expressionEnd(template: string, from: number): number {
  let depth = 1;
  for (let at = from; at < template.length; at += 1) {
    const found = template[at];
    if (found === '"') at = textEnd(template, at + 1);
    else if (found === '{') depth += 1;
    else if (found === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new Error(`An expression in a template has no end: ${template}`);
}

/** The place of the quote that closes a text inside an expression. */
function textEnd(template: string, from: number): number {
  for (let at = from; at < template.length; at += 1) {
    if (template[at] === '\\') at += 1;
    else if (template.startsWith('$${', at)) at += 2;
    else if (template.startsWith('${', at)) at = expressionEnd(template, at + 2) - 1;
    else if (template[at] === '"') return at;
  }
  throw new Error(`A text in a template has no end: ${template}`);
}
