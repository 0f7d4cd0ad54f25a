import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Admission, flowsOf, type Hop } from '../../src/flows';
import type { PlannedAwsRouter } from '../../src/model';
import { at, has, type Tree, terraformOf } from '../constructs/support/synthesized';
import { evaluate } from '../stacks/support/terraform';
import { runs } from '../support/runs';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { AWS_ROUTERS } from './routers';

type Group = Extract<Admission, { kind: 'target-security-group' }>;

const hopsOf = (router: PlannedAwsRouter): readonly Hop[] =>
  flowsOf(router).flatMap((flow): readonly Hop[] => flow.hops);

/** `<group>/<port>`, or `<account>/<group>/<port>`, of every hop that such a group admits. */
function admittedByGroups(router: PlannedAwsRouter): ReadonlySet<string> {
  return new Set(
    hopsOf(router).flatMap(({ admittedBy, port }) =>
      admittedBy
        .filter((one): one is Group => one.kind === 'target-security-group')
        .map(({ id, accountId }) => `${accountId === undefined ? '' : `${accountId}/`}${id}/${port}`),
    ),
  );
}

/** Rules and commands of the emitted Terraform in the same words; each rule of every subnet stands for one. */
function emitted(router: PlannedAwsRouter, tree: Tree): string[] {
  const rules = has(tree, 'locals', 'target_admission') ? at<Tree>(tree, 'locals', 'target_admission') : {};
  const own = Object.keys(rules).map((key) => key.split('/'));
  for (const subnet of router.aws.subnetIds) {
    expect(own.filter(([, , id]) => id === subnet).length).toBe(own.length / router.aws.subnetIds.length);
  }
  const output = ['output', 'foreign_security_group_commands', 'value'];
  const commands = has(tree, ...output) ? Object.entries(at<Record<string, string>>(tree, ...output)) : [];
  const foreign = commands.flatMap(([group, command]) => {
    const [, ports = ''] = /for port in \[([\d,]*)\]/.exec(command) ?? [];
    return ports.split(',').map((port) => `${group}/${port}`);
  });
  return [...new Set([...own.map(([group, port]) => `${group}/${port}`), ...foreign])];
}

describe('security groups of targets on AWS', () => {
  it('have a rule, or a command for their owner, for each hop that they admit, and no other', () => {
    fc.assert(
      fc.property(AWS_ROUTERS, (router) => {
        expect(emitted(router, terraformOf(router)).sort()).toEqual([...admittedByGroups(router)].sort());
      }),
      { numRuns: runs(8) },
    );
  });
});

describeUnless(lacking(['terraform']), 'the security groups of load balancers, as Terraform works them out', () => {
  it('let out to each port that a hop dials, and to no other', () => {
    const routers = fc.sample(AWS_ROUTERS, 5).filter(({ shards }) => shards.length > 0);
    const locals: Record<string, unknown> = {};
    const output: Record<string, unknown> = {};
    routers.forEach((router, i) => {
      for (const { key } of router.shards) {
        const tree = terraformOf(router);
        // What `ports` is computed from; each router's under names of their own.
        const apart = (text: string): string => text.replaceAll(`${key}_`, `x${i}_${key}_`);
        for (const part of ['targets', 'ports']) {
          const value = JSON.stringify(at(tree, 'locals', `${key}_${part}`));
          locals[`x${i}_${key}_${part}`] = JSON.parse(part === 'ports' ? apart(value) : value);
        }
        output[`x${i}_${key}`] = { value: `\${local.x${i}_${key}_ports}` };
      }
    });
    const got = evaluate({ locals, output });
    routers.forEach((router, i) => {
      for (const { key } of router.shards) {
        const dialled = hopsOf(router).flatMap(({ from, to, port }) =>
          from.kind === 'load-balancer' && from.shard === key && to.kind === 'target' ? [`${to.target}:${port}`] : [],
        );
        const ports = Object.entries(got[`x${i}_${key}`] as Record<string, string[]>);
        const open = ports.flatMap(([target, all]) => all.map((port) => `${target}:${port}`));
        expect(open.sort()).toEqual([...new Set(dialled)].sort());
      }
    });
  });
});
