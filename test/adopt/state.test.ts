import { describe, expect, it } from 'vitest';
import { readState } from '../../src/adopt';
import { type Item, inModule, loadBalancer, oldRouter, shown, stateFile } from './sample';

function refusal(text: string | Uint8Array): string {
  const { findings, resources } = readState(text);
  expect(resources).toBeUndefined();
  expect(new Set(findings?.map(({ code, severity }) => `${code} ${severity}`))).toEqual(new Set(['PLR9101 error']));
  for (const { fix } of findings ?? []) expect(fix).toContain('terraform show -json > state.json');
  return findings?.map(({ message }) => message).join('\n') ?? '';
}

describe('a state', () => {
  const items: readonly Item[] = [
    ...oldRouter(),
    ...inModule(oldRouter(), 'module.old["a"].module.inner[0]'),
    { type: 'aws_lb', name: 'counted', key: 0, tainted: true, values: {} },
    { type: 'aws_lb', name: 'quoted', key: 'a"b${c}', values: {} },
  ];

  it('is read alike from both formats', () => {
    const read = readState(shown(items));
    const byAddress = (found: typeof read) =>
      [...(found.resources ?? [])].sort((a, b) => (a.address < b.address ? -1 : 1));
    expect(byAddress(read)).toHaveLength(items.length);
    expect(byAddress(readState(stateFile(items)))).toEqual(byAddress(read));
  });

  it('is read in the encodings that PowerShell writes', () => {
    const text = shown(items);
    const expected = readState(text);
    expect(expected.resources).toHaveLength(items.length);
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    ]) {
      expect(readState(bytes)).toEqual(expected);
    }
    expect(refusal(Buffer.from('{"a": "caf\xe9"}', 'latin1'))).toContain('neither UTF-8 nor UTF-16');
  });

  it('gives addresses as Terraform takes them, in which no key is a template', () => {
    const addresses = readState(shown(items)).resources?.map(({ address }) => address);
    expect(addresses).toContain('aws_lb_listener.listener["mysql.corp.acme.com"]');
    expect(addresses).toContain('data.dns_a_record_set.endpoint["pg.corp.acme.com"]');
    expect(addresses).toContain('module.old["a"].module.inner[0].aws_lb.lb');
    expect(addresses).toContain('aws_lb.counted[0]');
    expect(addresses).toContain('aws_lb.quoted["a\\"b$${c}"]');
  });

  it('knows what is tainted, and passes over what is deposed', () => {
    const deposed: Item = { ...loadBalancer(), deposed: '0a1b2c3d' };
    for (const format of [shown, stateFile]) {
      const { resources = [] } = readState(format([...items, deposed]));
      expect(resources).toHaveLength(items.length);
      expect(resources.filter(({ tainted }) => tainted).map(({ address }) => address)).toEqual(['aws_lb.counted[0]']);
    }
  });

  it('may be empty', () => {
    expect(readState('{"format_version":"1.0"}')).toEqual({ resources: [] });
    expect(readState(stateFile([]))).toEqual({ resources: [] });
  });

  it('is refused with the reason where it is none', () => {
    expect(refusal('')).toContain('it is empty');
    expect(refusal('{')).toContain('it is no JSON');
    expect(refusal('[]')).toContain('neither what `terraform show -json` prints nor a state file');
    expect(refusal('{"format_version":"1.2","planned_values":{},"resource_changes":[]}')).toContain('it is a plan');
    expect(refusal('{"encrypted_data":"x","meta":{}}')).toContain('it is encrypted');
    expect(refusal('{"version":3,"terraform_version":"0.11.0","modules":[]}')).toContain('at version');
    expect(refusal('{"format_version":"2.0"}')).toContain('a format version 1');
  });

  it('is refused where a module’s key could become something else in the written addresses', () => {
    for (const key of ['${file("x")}', 'a\\', 'a"]', '%{x}']) {
      expect(refusal(stateFile(inModule([loadBalancer()], `module.x["${key}"]`)))).toContain('the address of a module');
    }
    expect(refusal(shown([{ ...loadBalancer(), name: 'a.b' }]))).toContain('a name of Terraform');
  });
});
