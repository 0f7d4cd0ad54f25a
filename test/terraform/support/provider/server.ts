import type * as grpc from '@grpc/grpc-js';
import type { Implementation, Problem, ResourceKind } from './kind';
import { ProviderError } from './kind';
import { plan } from './planning';
import { conform, type ProviderSchemas, schemaEntries, schemaMessage, type TypeSchema } from './schema';
import { type DynamicValue, read, type Values, write } from './values';

/** Whatever a request holds; each handler reads the fields of its own message. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue | null;
  readonly current_state: DynamicValue | null;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly raw_state: { readonly json: Uint8Array } | null;
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
}
type Answer = Readonly<Record<string, unknown>>;
type Handler = (request: Request) => Answer | Promise<Answer>;

const CAPABILITIES = { plan_destroy: false, get_provider_schema_optional: false, move_resource_state: false };

function diagnostics(problems: readonly Problem[]): object[] {
  return problems.map(({ summary, detail, attribute }) => ({
    severity: 1,
    summary,
    detail: detail ?? '',
    ...(attribute === undefined ? {} : { attribute: { steps: [{ attribute_name: attribute }] } }),
  }));
}

function problemsOf(error: unknown): object[] {
  if (error instanceof ProviderError) return diagnostics([{ summary: error.message, detail: error.detail }]);
  return diagnostics([
    { summary: 'the stand-in for the provider failed', detail: String((error as Error)?.stack ?? error) },
  ]);
}

/** The provider's side of the protocol, over a schema and what stands behind it. */
export function handlers(schemas: ProviderSchemas, implementation: Implementation): Readonly<Record<string, Handler>> {
  const resource = (name: string): { schema: TypeSchema; kind: ResourceKind } => {
    const schema = schemas.resource_schemas?.[name];
    const kind = implementation.resources[name];
    if (schema === undefined || kind === undefined) throw new ProviderError(`the stand-in does not know ${name}`);
    return { schema, kind };
  };
  const inShape = (schema: TypeSchema, values: Values | undefined): DynamicValue =>
    write(values === undefined ? undefined : conform(schema.block ?? {}, values));

  return {
    GetMetadata: () => ({
      server_capabilities: CAPABILITIES,
      resources: Object.keys(schemas.resource_schemas ?? {}).map((type_name) => ({ type_name })),
      data_sources: Object.keys(schemas.data_source_schemas ?? {}).map((type_name) => ({ type_name })),
    }),
    GetProviderSchema: () => ({
      provider: schemaMessage(schemas.provider),
      resource_schemas: schemaEntries(schemas.resource_schemas),
      data_source_schemas: schemaEntries(schemas.data_source_schemas),
      server_capabilities: CAPABILITIES,
    }),
    ValidateProviderConfig: () => ({}),
    ConfigureProvider: async (request) => {
      await implementation.configure(read(request.config) ?? {});
      return {};
    },
    ValidateResourceConfig: (request) => ({
      diagnostics: diagnostics(resource(request.type_name).kind.validate(read(request.config) ?? {})),
    }),
    ValidateDataResourceConfig: () => ({}),
    UpgradeResourceState: (request) => ({
      upgraded_state: inShape(
        resource(request.type_name).schema,
        read({ json: request.raw_state?.json ?? new Uint8Array() }),
      ),
    }),
    ReadResource: async (request) => {
      const { schema, kind } = resource(request.type_name);
      const state = read(request.current_state);
      const found = state === undefined ? undefined : await kind.read(state);
      return { new_state: inShape(schema, found && { ...state, ...found }), private: request.private };
    },
    PlanResourceChange: (request) => {
      const { schema, kind } = resource(request.type_name);
      const wanted = read(request.proposed_new_state);
      if (wanted === undefined) return { planned_state: write(undefined), planned_private: request.prior_private };
      const { planned, replace } = plan(schema, kind, read(request.prior_state), wanted, read(request.config) ?? {});
      return {
        planned_state: write(planned),
        requires_replace: replace.map((attribute_name) => ({ steps: [{ attribute_name }] })),
        planned_private: request.prior_private,
        legacy_type_system: true,
      };
    },
    ApplyResourceChange: async (request) => {
      const { schema, kind } = resource(request.type_name);
      const planned = read(request.planned_state);
      const prior = read(request.prior_state);
      try {
        if (planned === undefined) {
          if (prior !== undefined) await kind.delete(prior);
          return { new_state: write(undefined) };
        }
        const state =
          prior === undefined ? { ...planned, ...(await kind.create(planned)) } : await kind.update(prior, planned);
        return { new_state: inShape(schema, state), private: request.planned_private, legacy_type_system: true };
      } catch (error) {
        const made = error instanceof ProviderError ? error.made : undefined;
        const new_state = made === undefined ? request.prior_state : inShape(schema, { ...planned, ...made });
        return { new_state, diagnostics: problemsOf(error), legacy_type_system: true };
      }
    },
    ImportResourceState: (request) => {
      const { schema, kind } = resource(request.type_name);
      const state = inShape(schema, kind.fromImportId(request.id));
      return { imported_resources: [{ type_name: request.type_name, state }] };
    },
    ReadDataSource: async (request) => {
      const kind = implementation.data[request.type_name];
      if (kind === undefined) throw new ProviderError(`the stand-in does not know ${request.type_name}`);
      const schema = schemas.data_source_schemas?.[request.type_name] ?? {};
      return { state: inShape(schema, await kind.read(read(request.config) ?? {})) };
    },
    GetFunctions: () => ({}),
    StopProvider: () => ({}),
  };
}

/** A handler as gRPC calls it; whatever it throws becomes a diagnostic, which Terraform shows. */
export function asCall(handler: Handler): grpc.handleUnaryCall<Request, Answer> {
  return (call, done) => {
    Promise.resolve()
      .then(() => handler(call.request))
      .then(
        (answer) => done(null, answer),
        (error) => done(null, { diagnostics: problemsOf(error) }),
      );
  };
}
