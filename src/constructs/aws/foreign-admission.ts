import type { ForeignAdmission } from '../../flows';
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

/** The commands by group, `ACCOUNT/sg-…`. */
export function foreignAdmissionCommands(
  admissions: readonly ForeignAdmission[],
  terms: Pick<Terms, 'region' | 'cidrs'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    admissions.map(({ accountId, securityGroupId, ports }) => {
      const group = `${accountId}/${securityGroupId}`;
      const command = admissionCommand({ ...terms, group: JSON.stringify(group), ports: JSON.stringify(ports) });
      return [group, expression(command)];
    }),
  );
}
