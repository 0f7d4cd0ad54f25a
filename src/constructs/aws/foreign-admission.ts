import { compareText, type PlannedAwsBackend } from '../../model';
import { expression } from '../expression';

/** What a command of somebody else's account is made of, each a Terraform expression. */
interface Terms {
  readonly region: string;
  /** The group as AWS writes one of another account, `210987654321/sg-0a1b2c3d`. */
  readonly group: string;
  /** A list of ports. */
  readonly ports: string;
  /** A list of the networks that the load balancers speak from. */
  readonly cidrs: string;
}

/**
 * The command with which the owner of a security group admits the load balancers: Terraform works in the router's account
 * alone. Nothing in it can end the quotes: ports, networks, ids and regions have forms that hold none.
 */
export function admissionCommand({ region, group, ports, cidrs }: Terms): string {
  const range = '{CidrIp=${cidr},Description=privatelink-router}';
  const ranges = `\${join(",", [for cidr in ${cidrs} : "${range}"])}`;
  const permission = `'IpProtocol=tcp,FromPort=\${port},ToPort=\${port},IpRanges=[${ranges}]'`;
  const permissions = `\${join(" ", [for port in ${ports} : "${permission}"])}`;
  return `"aws ec2 authorize-security-group-ingress --region \${${region}} --group-id \${split("/", ${group})[1]} --ip-permissions ${permissions}"`;
}

/** The commands by group, `ACCOUNT/sg-…`; empty where every group is of the router's own account. */
export function foreignAdmissions(
  backends: readonly PlannedAwsBackend[],
  terms: Pick<Terms, 'region' | 'cidrs'>,
): Readonly<Record<string, string>> {
  const ports = new Map<string, Set<number>>();
  for (const { foreignSecurityGroups, port, healthCheck } of backends) {
    for (const { accountId, id } of foreignSecurityGroups) {
      const group = `${accountId}/${id}`;
      ports.set(group, new Set([...(ports.get(group) ?? []), port, healthCheck.port ?? port]));
    }
  }
  return Object.fromEntries(
    [...ports]
      .sort(([a], [b]) => compareText(a, b))
      .map(([group, set]) => {
        const list = JSON.stringify([...set].sort((a, b) => a - b));
        return [group, expression(admissionCommand({ ...terms, group: JSON.stringify(group), ports: list }))];
      }),
  );
}
