import { gunzipSync } from 'node:zlib';
import type { Workspace } from './workspace';

/** What the machines of an applied pool would run. */
export interface RenderedForwarder {
  /** cloud-init's document, from the scale set's custom data. */
  readonly bootstrap: string;
  /** The script that applies the configuration, from the settings of the scale set's extension. */
  readonly applyScript: string;
}

/** What cloud-init lays on a new machine, all texts in one. */
export function laidTexts(bootstrap: string): string {
  const packed = [...bootstrap.matchAll(/^ +content: ([A-Za-z0-9+/=]+)$/gm)];
  return packed.map(([, content = '']) => Buffer.from(content, 'base64').toString('utf8')).join('\n');
}

/** The text of a script as CustomScript takes it: base64, of the text or of its gzip. */
export function scriptOf(settings: unknown): string {
  const { script } = settings as { readonly script?: string };
  if (script === undefined) throw new Error(`the settings hold no script: ${JSON.stringify(settings)}`);
  const bytes = Buffer.from(script, 'base64');
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The texts that a script brings along, each as base64 of its gzip. */
export function packedTexts(script: string): readonly string[] {
  return (script.match(/H4sI[A-Za-z0-9+/]+=*/g) ?? []).map((text) =>
    gunzipSync(Buffer.from(text, 'base64')).toString('utf8'),
  );
}

/** The very files that Terraform rendered for a pool (`p1`), out of the state of an applied stack. */
export async function renderedForwarder(work: Workspace, pool = 'p1'): Promise<RenderedForwarder> {
  const state = await work.state();
  const scaleSet = state[`azurerm_linux_virtual_machine_scale_set.${pool}`];
  const extension = state[`azurerm_virtual_machine_scale_set_extension.${pool}_configuration`];
  if (scaleSet === undefined || extension === undefined) throw new Error(`pool ${pool} is not in the state`);
  return {
    bootstrap: Buffer.from(String(scaleSet.custom_data), 'base64').toString('utf8'),
    applyScript: scriptOf(JSON.parse(String(extension.settings))),
  };
}
