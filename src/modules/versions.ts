import { PROVIDER_REQUIREMENTS, type ProviderName } from '../bindings';
import { GENERATED } from './generated';
import { hclFile, hclText, hclValue } from './hcl';

/** Terraform's own registry: what a source address without a host name means there. */
const IMPLIED_HOST = 'registry.terraform.io/';

/** Which versions of a provider a module takes. */
export interface ModuleProvider {
  readonly name: ProviderName;
  /** Without a host name: a module takes its caller's provider, and OpenTofu's registry is another one than Terraform's. */
  readonly source: string;
  /** A range; who calls the module pins. */
  readonly version: string;
}

/** The providers of a module, by name. */
export function moduleProviders(names: readonly ProviderName[]): readonly ModuleProvider[] {
  return [...names].sort().map((name) => {
    const { source, version } = PROVIDER_REQUIREMENTS[name];
    if (!source.startsWith(IMPLIED_HOST)) throw new Error(`${source} has no short form.`);
    return { name, source: source.slice(IMPLIED_HOST.length), version };
  });
}

/** `versions.tf`: the oldest Terraform, and the range of each provider. */
export function renderVersions(requiredVersion: string, names: readonly ProviderName[]): string {
  const providers = moduleProviders(names).map(({ name, source, version }) => ({
    name,
    expression: hclValue({ source, version }),
  }));
  return hclFile(GENERATED, [
    {
      type: 'terraform',
      labels: [],
      body: [
        { name: 'required_version', expression: hclText(requiredVersion) },
        { type: 'required_providers', labels: [], body: providers },
      ],
    },
  ]);
}
