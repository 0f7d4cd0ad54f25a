import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptProvider } from './support/kept-provider';
import { platform } from './support/platform';
import { Processes } from './support/processes';
import type { ProviderChoice } from './support/providers';

const CHOICE = {
  name: 'aws',
  source: 'registry.terraform.io/hashicorp/aws',
  kind: 'mirror',
  version: '5.100.0',
} as const;

describe('a provider that stays between two commands', () => {
  let processes: Processes;
  let choice: ProviderChoice;
  let program: string;

  beforeEach(() => {
    processes = new Processes();
    const mirror = mkdtempSync(join(tmpdir(), 'plr-kept-'));
    processes.removeAtEnd(mirror);
    choice = { ...CHOICE, mirror };
    const folder = join(mirror, CHOICE.source, CHOICE.version, platform());
    mkdirSync(folder, { recursive: true });
    program = join(folder, 'terraform-provider-aws_v5.100.0_x5');
  });
  afterEach(() => processes.stop());

  function kept(script: string): KeptProvider {
    writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const found = KeptProvider.of(choice, processes, process.env);
    if (found === undefined) throw new Error('the program is not found');
    return found;
  }
  const waits = `echo "Provider started"\necho "	TF_REATTACH_PROVIDERS='{\\"pid\\":$$}'"\nexec tail -f /dev/null`;
  const address = async (found: Readonly<Record<string, string>>) => found.TF_REATTACH_PROVIDERS;

  it('serves one command after the other by one process, and two at once by two', async () => {
    const provider = kept(waits);
    const first = await provider.serve(['plan'], {}, address);
    expect(first).toMatch(/^\{"pid":\d+\}$/);
    expect(await provider.serve(['apply'], {}, address)).toBe(first);
    const inner = await provider.serve(['plan'], {}, async (outer) => [
      outer.TF_REATTACH_PROVIDERS,
      await provider.serve(['plan'], {}, address),
    ]);
    expect(inner[0]).toBe(first);
    expect(inner[1]).not.toBe(first);
  });

  it('is not for a command that asks no provider, or gives it something by the environment', async () => {
    const provider = kept(waits);
    expect(await provider.serve(['init'], {}, address)).toBeUndefined();
    expect(await provider.serve(['plan'], { AWS_REGION: 'eu-west-1' }, address)).toBeUndefined();
  });

  it('says what it said where it does not come up', async () => {
    await expect(kept('echo no such flag; exit 3').serve(['plan'], {}, address)).rejects.toThrow(
      /-debug ended with 3\nno such flag/,
    );
  });

  it('is none where nothing is unpacked', () => {
    expect(KeptProvider.of(choice, processes, {})).toBeUndefined();
    expect(KeptProvider.of({ ...choice, kind: 'download' }, processes, {})).toBeUndefined();
  });
});
