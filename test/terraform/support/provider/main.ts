import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { azurerm } from './azurerm';
import { selfSigned } from './certificate';
import { databricks } from './databricks';
import { dns } from './dns';
import type { Implementation } from './kind';
import { packageDefinition } from './protocol';
import type { ProviderSchemas, TypeSchema } from './schema';
import { asCall, handlers } from './server';

/** go-plugin's sign that Terraform itself starts us (terraform-plugin-go, tf6server). */
const MAGIC = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

const IMPLEMENTATIONS: Readonly<Record<string, () => Implementation>> = { azurerm, databricks, dns };

type ServicePackage = Record<string, Record<string, grpc.ServiceClientConstructor>>;

function credentials(): { readonly server: grpc.ServerCredentials; readonly certificate: string } {
  const client = process.env.PLUGIN_CLIENT_CERT;
  if (client === undefined || client === '')
    return { server: grpc.ServerCredentials.createInsecure(), certificate: '' };
  const own = selfSigned();
  const pair = { cert_chain: Buffer.from(own.pem), private_key: Buffer.from(own.key) };
  return {
    server: grpc.ServerCredentials.createSsl(Buffer.from(client), [pair], true),
    certificate: own.certificate.toString('base64').replace(/=+$/, ''),
  };
}

/** The schemas of the types that we can act for; another type is unknown to Terraform. */
function only(schemas: Readonly<Record<string, TypeSchema>> = {}, kinds: object): Readonly<Record<string, TypeSchema>> {
  return Object.fromEntries(Object.entries(schemas).filter(([type]) => type in kinds));
}

/** Serves the provider `name` with the schemas of a file until Terraform ends it, or is gone itself. */
export function serve(name: string, schemaFile: string): void {
  if (process.env.TF_PLUGIN_MAGIC_COOKIE !== MAGIC) {
    process.stderr.write('This is a plugin: Terraform starts it.\n');
    process.exit(1);
  }
  const document = JSON.parse(readFileSync(schemaFile, 'utf8')) as {
    provider_schemas: Record<string, ProviderSchemas>;
  };
  const implementation = IMPLEMENTATIONS[name]?.();
  if (implementation === undefined) throw new Error(`there is no stand-in for ${name}`);
  const all = Object.values(document.provider_schemas)[0] ?? {};
  const schemas: ProviderSchemas = {
    provider: all.provider ?? {},
    resource_schemas: only(all.resource_schemas, implementation.resources),
    data_source_schemas: only(all.data_source_schemas, implementation.data),
  };

  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const services = grpc.loadPackageDefinition(packageDefinition()) as unknown as ServicePackage;
  const provider = services.tfplugin6?.Provider;
  const controller = services.plugin?.GRPCController;
  if (provider === undefined || controller === undefined) throw new Error('the protocol lacks a service');
  const calls = Object.entries(handlers(schemas, implementation)).map(([method, handler]) => [method, asCall(handler)]);
  server.addService(provider.service, Object.fromEntries(calls));
  server.addService(controller.service, {
    Shutdown: (_call: unknown, done: grpc.sendUnaryData<object>) => {
      done(null, {});
      setImmediate(() => process.exit(0));
    },
  });

  // Terraform gets the interrupt too and ends us itself, after what is under way.
  process.on('SIGINT', () => undefined);
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(0), 1000).unref();

  const { server: secure, certificate } = credentials();
  server.bindAsync('127.0.0.1:0', secure, (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`1|6|tcp|127.0.0.1:${port}|grpc|${certificate}\n`);
  });
}
