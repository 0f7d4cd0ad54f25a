import * as loader from '@grpc/proto-loader';

/**
 * The part of Terraform's plugin protocol 6 that a small provider speaks (docs/plugin-protocol of hashicorp/terraform),
 * as `type name=number`, `*` for repeated. Fields that we neither send nor read are left out: the wire format skips them.
 */
const MESSAGES: Readonly<Record<string, string>> = {
  Empty: '',
  DynamicValue: 'bytes msgpack=1, bytes json=2',
  Diagnostic: 'int32 severity=1, string summary=2, string detail=3, AttributePath attribute=4',
  AttributePath: '*Step steps=1',
  Step: 'string attribute_name=1',
  RawState: 'bytes json=1',
  Schema: 'int64 version=1, Block block=2',
  Block: 'int64 version=1, *Attribute attributes=2, *NestedBlock block_types=3',
  Attribute:
    'string name=1, bytes type=2, bool required=4, bool optional=5, bool computed=6, bool sensitive=7, bool deprecated=9',
  NestedBlock: 'string type_name=1, Block block=2, int32 nesting=3, int64 min_items=4, int64 max_items=5',
  ServerCapabilities: 'bool plan_destroy=1, bool get_provider_schema_optional=2, bool move_resource_state=3',
  TypeName: 'string type_name=1',
  SchemaEntry: 'string key=1, Schema value=2',
  Metadata:
    'ServerCapabilities server_capabilities=1, *Diagnostic diagnostics=2, *TypeName data_sources=3, *TypeName resources=4',
  ProviderSchema:
    'Schema provider=1, *SchemaEntry resource_schemas=2, *SchemaEntry data_source_schemas=3, *Diagnostic diagnostics=4, ServerCapabilities server_capabilities=6',
  ConfigRequest: 'DynamicValue config=1',
  ValidateProviderResponse: '*Diagnostic diagnostics=2',
  Diagnostics: '*Diagnostic diagnostics=1',
  TypedConfigRequest: 'string type_name=1, DynamicValue config=2',
  ConfigureRequest: 'string terraform_version=1, DynamicValue config=2',
  UpgradeRequest: 'string type_name=1, int64 version=2, RawState raw_state=3',
  UpgradeResponse: 'DynamicValue upgraded_state=1, *Diagnostic diagnostics=2',
  ReadRequest: 'string type_name=1, DynamicValue current_state=2, bytes private=3',
  ReadResponse: 'DynamicValue new_state=1, *Diagnostic diagnostics=2, bytes private=3',
  PlanRequest:
    'string type_name=1, DynamicValue prior_state=2, DynamicValue proposed_new_state=3, DynamicValue config=4, bytes prior_private=5',
  PlanResponse:
    'DynamicValue planned_state=1, *AttributePath requires_replace=2, bytes planned_private=3, *Diagnostic diagnostics=4, bool legacy_type_system=5',
  ApplyRequest:
    'string type_name=1, DynamicValue prior_state=2, DynamicValue planned_state=3, DynamicValue config=4, bytes planned_private=5',
  ApplyResponse: 'DynamicValue new_state=1, bytes private=2, *Diagnostic diagnostics=3, bool legacy_type_system=4',
  ImportRequest: 'string type_name=1, string id=2',
  ImportedResource: 'string type_name=1, DynamicValue state=2, bytes private=3',
  ImportResponse: '*ImportedResource imported_resources=1, *Diagnostic diagnostics=2',
  ReadDataResponse: 'DynamicValue state=1, *Diagnostic diagnostics=2',
  Functions: '*Diagnostic diagnostics=2',
};

const METHODS: Readonly<Record<string, readonly [request: string, response: string]>> = {
  GetMetadata: ['Empty', 'Metadata'],
  GetProviderSchema: ['Empty', 'ProviderSchema'],
  ValidateProviderConfig: ['ConfigRequest', 'ValidateProviderResponse'],
  ValidateResourceConfig: ['TypedConfigRequest', 'Diagnostics'],
  ValidateDataResourceConfig: ['TypedConfigRequest', 'Diagnostics'],
  UpgradeResourceState: ['UpgradeRequest', 'UpgradeResponse'],
  ConfigureProvider: ['ConfigureRequest', 'Diagnostics'],
  ReadResource: ['ReadRequest', 'ReadResponse'],
  PlanResourceChange: ['PlanRequest', 'PlanResponse'],
  ApplyResourceChange: ['ApplyRequest', 'ApplyResponse'],
  ImportResourceState: ['ImportRequest', 'ImportResponse'],
  ReadDataSource: ['TypedConfigRequest', 'ReadDataResponse'],
  GetFunctions: ['Empty', 'Functions'],
  StopProvider: ['Empty', 'Empty'],
};

type Field = { readonly type: string; readonly id: number; readonly rule?: 'repeated' };

function message(text: string): { fields: Record<string, Field> } {
  const fields: Record<string, Field> = {};
  for (const part of text.split(', ').filter((item) => item !== '')) {
    const [, star, type = '', name = '', id = ''] = /^(\*?)(\w+) (\w+)=(\d+)$/.exec(part) ?? [];
    fields[name] = { type, id: Number(id), ...(star === '*' ? { rule: 'repeated' as const } : {}) };
  }
  return { fields };
}

function service(methods: typeof METHODS): { methods: Record<string, { requestType: string; responseType: string }> } {
  return {
    methods: Object.fromEntries(
      Object.entries(methods).map(([name, [requestType, responseType]]) => [name, { requestType, responseType }]),
    ),
  };
}

/** The services that Terraform calls: the provider, and the controller that ends the plugin. */
export function packageDefinition(): loader.PackageDefinition {
  const messages = Object.fromEntries(Object.entries(MESSAGES).map(([name, text]) => [name, message(text)]));
  const root = {
    nested: {
      tfplugin6: { nested: { ...messages, Provider: service(METHODS) } },
      plugin: { nested: { Empty: message(''), GRPCController: service({ Shutdown: ['Empty', 'Empty'] }) } },
    },
  };
  return loader.fromJSON(root as Parameters<typeof loader.fromJSON>[0], {
    keepCase: true,
    defaults: true,
    longs: Number,
    arrays: true,
  });
}
