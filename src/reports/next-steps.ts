import type { AwsPlace, AzurePlace, PlannedRouter, RoutingPlan } from '../model';
import type { Style } from './style';
import { count, printable } from './words';

/** The variable without which the databricks provider does not wait for an endpoint, so that it could not be accepted. */
const WAIT_VARIABLE = 'DATABRICKS_TF_ENABLED_PF_RESOURCES';
const WAIT_VALUE = 'databricks_mws_ncc_private_endpoint_rule';

/** One stack that synth wrote. */
export interface WrittenStack {
  readonly router: string;
  /** The stack's folder, as the user would write it from where the command ran. */
  readonly folder: string;
}

/** Who has to run Terraform, by the cloud. */
function credentials(router: PlannedRouter): string {
  return router.cloud === 'aws' ? `AWS: ${awsCredentials(router.aws)}` : `Azure: ${azureCredentials(router.azure)}`;
}

function azureCredentials({ subscriptionId, tenantId, resourceGroupName }: AzurePlace): string {
  const tenant = tenantId === undefined ? '' : ` (tenant ${tenantId})`;
  return `\`az login\`, or ARM_… variables, of somebody who may make networks and machines in ${resourceGroupName} of subscription ${subscriptionId}${tenant}`;
}

function awsCredentials({ profile, assumeRole, accountId }: AwsPlace): string {
  if (assumeRole !== undefined) {
    return `credentials that may assume ${assumeRole.roleArn}`;
  }
  return profile === undefined
    ? `credentials of account ${accountId}`
    : `the profile ${profile} (account ${accountId})`;
}

function afterwards(router: PlannedRouter): string[] {
  if (router.teardown === 'prepare') {
    return [
      'after the apply, set `teardown: destroy`, run synth again, and apply: everything but the NCC and its bindings goes',
    ];
  }
  if (router.teardown === 'destroy') {
    return ['this apply takes everything away but the NCC and its bindings, which it only forgets'];
  }
  if (router.approval === 'manual') {
    const step = router.cloud === 'aws' ? 'accept' : 'approve';
    return [`approval is manual: after the apply, run the command in the output of the stack to ${step} each endpoint`];
  }
  return router.cloud === 'aws'
    ? []
    : ['should Databricks make the endpoint only after the apply has ended, the next apply approves it'];
}

function stackLines(stack: WrittenStack, router: PlannedRouter | undefined, style: Style): string[] {
  if (router === undefined) {
    return [`  ${style.colors.bold(printable(stack.folder))}`];
  }
  const listeners = router.shards.reduce((sum, shard) => sum + shard.listeners.length, 0);
  const size = `${count(listeners, 'listener')} on ${count(router.shards.length, 'shard')}`;
  return [
    `  ${style.colors.bold(printable(stack.folder))}  ${size}`,
    ...[credentials(router), ...afterwards(router)].map((line) => `    ${printable(line)}`),
  ];
}

/** Quotes a folder for a POSIX shell where it needs that. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What synth wrote and what to run next, credentials included. */
export function renderNextSteps(plan: RoutingPlan, stacks: readonly WrittenStack[], style: Style): string {
  const routers = new Map(plan.routers.map((router) => [router.name, router]));
  const first = stacks[0];
  if (first === undefined) {
    return 'No stack was written: the inventory has no router.\n';
  }
  const waits = plan.routers.some(({ approval, teardown }) => approval === 'terraform' && teardown !== 'destroy');
  const commands = [
    `cd ${shellWord(first.folder)}`,
    ...(waits ? [`export ${WAIT_VARIABLE}=${WAIT_VALUE}`] : []),
    'terraform init',
    'terraform plan -out=tfplan',
    'terraform apply tfplan',
  ];
  return `${[
    `Wrote ${count(stacks.length, 'stack')}:`,
    ...stacks.flatMap((stack) => stackLines(stack, routers.get(stack.router), style)),
    '',
    stacks.length === 1 ? 'Next:' : 'Next, in each folder:',
    ...commands.map((command) => `  ${style.colors.cyan(printable(command))}`),
    '',
    'Databricks: an account admin, by DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET of a service principal',
    'or any other way that the databricks provider knows.',
    ...(waits
      ? [`${WAIT_VARIABLE} makes the provider wait for the endpoint, so that the same apply can accept it.`]
      : []),
  ].join('\n')}\n`;
}
