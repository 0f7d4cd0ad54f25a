import { describe, expect, it } from 'vitest';
import { makeStyle, PLAIN, renderNextSteps } from '../../src/reports';
import { azureRouter, azureShard, listener, plan, router, shard } from './plans';

const STACK = { router: 'analytics', folder: 'cdktf.out/stacks/analytics' };
const ONE = router([shard(1, [listener('orders-db', 10000)])]);
const VARIABLE = 'DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule';

describe('what to run after synth', () => {
  it('is init, plan and apply with the variable by which the endpoint is waited for', () => {
    const text = renderNextSteps(plan(ONE), [STACK], PLAIN);
    expect(text).toContain('cdktf.out/stacks/analytics  1 listener on 1 shard');
    expect(text.match(/^ {2}(cd|export|terraform) .*/gm)).toEqual([
      '  cd cdktf.out/stacks/analytics',
      `  export ${VARIABLE}`,
      '  terraform init',
      '  terraform plan -out=tfplan',
      '  terraform apply tfplan',
    ]);
    expect(text).toContain('credentials of account 123456789012');
  });

  it('leaves the variable out where a person approves, and says so', () => {
    const text = renderNextSteps(plan({ ...ONE, approval: 'manual' }), [STACK], PLAIN);
    expect(text).not.toContain('DATABRICKS_TF');
    expect(text).toContain('approval is manual');
  });

  it('names profile and role, and the next step of a teardown', () => {
    const aws = { ...ONE.aws, profile: 'network' };
    expect(renderNextSteps(plan({ ...ONE, aws }), [STACK], PLAIN)).toContain('the profile network');
    const assumeRole = { roleArn: 'arn:aws:iam::123456789012:role/deploy' };
    expect(renderNextSteps(plan({ ...ONE, aws: { ...aws, assumeRole } }), [STACK], PLAIN)).toContain('role/deploy');
    expect(renderNextSteps(plan({ ...ONE, teardown: 'prepare' }), [STACK], PLAIN)).toContain('teardown: destroy');
    expect(renderNextSteps(plan({ ...ONE, teardown: 'destroy' }), [STACK], PLAIN)).not.toContain('export');
  });

  it('puts a router after the one that makes its NCC, and says so', () => {
    const ncc = { existing: 'analytics-ncc', router: 'analytics', workspaceIds: [] };
    const billing = { ...ONE, name: 'a-billing', deployment: 'a-billing', ncc };
    const folder = 'cdktf.out/stacks/a-billing';
    const text = renderNextSteps(plan(billing, ONE), [{ router: 'a-billing', folder }, STACK], PLAIN);
    expect(text.indexOf(STACK.folder)).toBeLessThan(text.indexOf(folder));
    expect(text).toContain(`cd ${STACK.folder}`);
    expect(text).toContain('after analytics is applied, which makes its NCC');
    expect(text).toContain('Next, in each folder, in this order:');
    expect(renderNextSteps(plan(ONE), [STACK], PLAIN)).not.toContain('in this order');
  });

  it('quotes a folder for the shell', () => {
    const text = renderNextSteps(plan(ONE), [{ ...STACK, folder: "it's $(odd)/stacks/analytics" }], PLAIN);
    expect(text).toContain(`  cd 'it'\\''s $(odd)/stacks/analytics'`);
  });

  it('is nothing where there is no router', () => {
    expect(renderNextSteps(plan(), [], PLAIN)).toContain('No stack was written');
  });

  it('speaks of each cloud in its own words, and of both where there are both', () => {
    const azure = azureRouter([azureShard(1, [listener('erp', 10001)])], {}, { name: 'erp', deployment: 'erp' });
    const both = plan(ONE, azure);
    const consent = (text: string) => /same apply can (.+) it\./.exec(text)?.[1];
    const onAzure = renderNextSteps(plan(azure), [{ ...STACK, router: azure.name }], PLAIN);
    expect(consent(onAzure)).toBe('approve');
    expect(onAzure).not.toMatch(/\b(AWS|accept\w*|VPC|account \d|endpoint service)\b/);
    const onAws = renderNextSteps(plan(ONE), [STACK], PLAIN);
    expect(consent(onAws)).toBe('accept');
    expect(onAws).not.toMatch(/\b(Azure|approv\w*|subscription|Private Link Service)\b/i);
    expect(consent(renderNextSteps(both, [STACK, { ...STACK, router: azure.name }], PLAIN))).toBe('accept or approve');
    const manual = renderNextSteps(plan({ ...azure, approval: 'manual' }), [{ ...STACK, router: azure.name }], PLAIN);
    expect(manual).toContain('to approve each endpoint');
  });

  it('keeps its sentences within the screen, and its commands in one piece', () => {
    const text = renderNextSteps(plan(ONE), [STACK], makeStyle({ width: 60 }));
    const [commands, sentences] = [true, false].map((wanted) =>
      text.split('\n').filter((line) => /^ {2}(cd|export|terraform)/.test(line) === wanted),
    );
    expect(Math.max(...(sentences ?? []).map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(commands).toContain(`  export ${VARIABLE}`);
  });
});
