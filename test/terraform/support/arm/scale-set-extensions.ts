import { childId, type ResourceId } from './ids';
import { isObject, type JsonObject, merged, object, same, text } from './json';
import type { Resource } from './kind';
import { extensionsOf, type Fleet, roll } from './machines';
import { demand } from './refusal';

/** What CustomScript takes as a script, in characters of base64. */
const MOST_SCRIPT = 262_144;

function demandScript(name: string, settings: JsonObject, secret: JsonObject): void {
  const keys = [...Object.keys(settings), ...Object.keys(secret)];
  const given = ['commandToExecute', 'script'].filter((key) => keys.includes(key));
  demand(
    given.length === 1,
    'VMExtensionProvisioningError',
    `Extension ${name}: exactly one of commandToExecute and script is needed, got ${given.join(' and ') || 'none'}.`,
  );
  demand(
    new Set(keys).size === keys.length,
    'VMExtensionProvisioningError',
    `Extension ${name}: a key stands in the public and in the protected settings.`,
  );
  demand(
    text(settings.script).length <= MOST_SCRIPT && text(secret.script).length <= MOST_SCRIPT,
    'VMExtensionProvisioningError',
    `Extension ${name}: the script is longer than ${MOST_SCRIPT} characters.`,
  );
}

/** Completes and judges an extension; its protected settings are never shown again. */
export function settleExtension(scaleSet: Resource, extension: JsonObject, present: JsonObject | undefined): void {
  const properties = object(extension.properties);
  extension.properties = properties;
  const { settings, protectedSettings, typeHandlerVersion } = properties;
  const name = text(extension.name);
  delete properties.protectedSettings;
  demand(
    settings === undefined || settings === null || isObject(settings),
    'VMExtensionProvisioningError',
    `Extension ${name}: settings must be a JSON object.`,
  );
  demand(
    /^\d+\.\d+$/.test(text(typeHandlerVersion)),
    'InvalidParameter',
    `Extension ${name}: typeHandlerVersion ${typeHandlerVersion} is invalid, want MAJOR.MINOR.`,
  );
  const custom = same(`${properties.publisher}.${properties.type}`, 'Microsoft.Azure.Extensions.CustomScript');
  // Without a secret in the request the one that is kept goes on, and nobody sees whether it holds the script.
  const keepsSecret = present !== undefined && protectedSettings === undefined && !('script' in object(settings));
  if (custom && !keepsSecret) demandScript(name, object(settings), object(protectedSettings));
  properties.autoUpgradeMinorVersion ??= true;
  properties.provisioningState = 'Succeeded';
  extension.id = childId(scaleSet.id, 'extensions', name);
}

function keep(scaleSet: Resource, extensions: readonly JsonObject[]): void {
  const profile = object(scaleSet.properties.virtualMachineProfile);
  profile.extensionProfile = { ...object(profile.extensionProfile), extensions };
}

/** Adds an extension to a scale set's model or changes it there, and rolls it out. */
export function writeExtension(
  scaleSet: Resource,
  fleet: Fleet,
  id: ResourceId,
  body: JsonObject,
): { extension: JsonObject; made: boolean } {
  const extensions = extensionsOf(scaleSet);
  const present = extensions.find(({ name }) => same(text(name), id.name));
  const extension: JsonObject = { ...merged(structuredClone(present ?? {}), structuredClone(body)), name: id.name };
  const given = object(body.properties);
  // Settings are replaced as a whole.
  if ('settings' in given) object(extension.properties).settings = structuredClone(given.settings);
  settleExtension(scaleSet, extension, present);
  keep(
    scaleSet,
    present === undefined ? [...extensions, extension] : extensions.map((one) => (one === present ? extension : one)),
  );
  roll(scaleSet, fleet, scaleSet);
  return { extension, made: present === undefined };
}

/** Takes an extension out of the model; what it did on the machines stays done. */
export function removeExtension(scaleSet: Resource, fleet: Fleet, id: ResourceId): boolean {
  const extensions = extensionsOf(scaleSet);
  const rest = extensions.filter(({ name }) => !same(text(name), id.name));
  keep(scaleSet, rest);
  roll(scaleSet, fleet, scaleSet);
  return rest.length < extensions.length;
}
