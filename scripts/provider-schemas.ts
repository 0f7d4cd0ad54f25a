/** What `terraform providers schema -json` prints, and what a file of test/terraform/schemas holds. */
export interface WholeSchemas {
  readonly format_version?: string;
  readonly provider_schemas: Readonly<Record<string, ProviderSchemas>>;
}

interface ProviderSchemas {
  readonly provider?: TypeSchema;
  readonly resource_schemas?: Readonly<Record<string, TypeSchema>>;
  readonly data_source_schemas?: Readonly<Record<string, TypeSchema>>;
}

interface TypeSchema {
  readonly version: number;
  readonly block: Block;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: Block;
}

const KINDS = ['resource_schemas', 'data_source_schemas'] as const;

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, value]) => [key, change(value)]),
  );
}

/** Without documentation. An argument may be called `description` too, so only what belongs to one thing itself goes. */
function plain(thing: object): object {
  const {
    description: _text,
    description_kind: _kind,
    deprecation_message: _why,
    ...rest
  } = thing as Attribute & {
    readonly description?: string;
    readonly description_kind?: string;
    readonly deprecation_message?: string;
  };
  return rest;
}

function plainAttribute(attribute: Attribute): object {
  const { nested_type } = attribute;
  return { ...plain(attribute), ...(nested_type !== undefined && { nested_type: plainBlock(nested_type) }) };
}

function plainBlock(block: Block): Block {
  const { attributes, block_types } = block;
  return {
    ...plain(block),
    ...(attributes !== undefined && { attributes: mapped(attributes, plainAttribute) }),
    ...(block_types !== undefined && {
      block_types: mapped(block_types, (nested) => ({ ...nested, block: plainBlock(nested.block) })),
    }),
  };
}

function plainType({ version, block }: TypeSchema): TypeSchema {
  return { version, block: plainBlock(block) };
}

/**
 * Of one provider's schemas the types that `present` has and those of `more` (`data.NAME` is a data source), without
 * documentation. `unknown` are the types that the provider does not have.
 */
export function trimSchema(
  whole: WholeSchemas,
  present: WholeSchemas,
  more: readonly string[],
): { readonly schemas: WholeSchemas; readonly unknown: readonly string[] } {
  const [source = '', provider = {}] = Object.entries(whole.provider_schemas)[0] ?? [];
  const before = present.provider_schemas[source] ?? {};
  const unknown: string[] = [];
  const kept = KINDS.map((kind) => {
    const data = kind === 'data_source_schemas';
    const named = more.filter((name) => name.startsWith('data.') === data).map((name) => name.replace(/^data\./, ''));
    const types: Record<string, TypeSchema> = {};
    for (const name of new Set([...Object.keys(before[kind] ?? {}), ...named])) {
      const found = provider[kind]?.[name];
      if (found === undefined) unknown.push(data ? `data.${name}` : name);
      else types[name] = found;
    }
    return [kind, mapped(types, plainType)] as const;
  });
  const own = provider.provider === undefined ? {} : { provider: plainType(provider.provider) };
  const trimmed = { ...own, ...Object.fromEntries(kept) };
  return {
    schemas: { format_version: whole.format_version ?? '1.0', provider_schemas: { [source]: trimmed } },
    unknown,
  };
}

/** One line is one type, so that a diff names what changed. */
export function writeSchemas({ format_version, provider_schemas }: WholeSchemas): string {
  const lines = (types: Readonly<Record<string, TypeSchema>> = {}): string =>
    Object.entries(types)
      .map(([name, type]) => `        ${JSON.stringify(name)}: ${JSON.stringify(type)}`)
      .join(',\n');
  const providers = Object.entries(provider_schemas).map(([source, { provider, ...kinds }]) => {
    const parts = [
      ...(provider === undefined ? [] : [`      "provider": ${JSON.stringify(provider)}`]),
      ...KINDS.map((kind) => `      "${kind}": {\n${lines(kinds[kind])}\n      }`),
    ];
    return `    ${JSON.stringify(source)}: {\n${parts.join(',\n')}\n    }`;
  });
  const head = `  "format_version": ${JSON.stringify(format_version ?? '1.0')}`;
  return `{\n${head},\n  "provider_schemas": {\n${providers.join(',\n')}\n  }\n}\n`;
}
