import {
  type AwsPlace,
  type AzurePlace,
  byCloud,
  CLOUD_NAMES,
  type Cloud,
  type CloudTable,
  count,
  ENDPOINT_WAIT,
  ENDPOINT_WAIT_SET,
  type PlannedRouter,
  type RoutingPlan,
} from '../model';
import type { Style } from './style';
import { printable, wrapWords } from './words';

/** One stack that synth wrote. */
export interface WrittenStack {
  readonly router: string;
  /** The stack's folder, as the user would write it from where the command ran. */
  readonly folder: string;
}

/** Who has to run Terraform, by the cloud. */
function credentials(router: PlannedRouter): string {
  return `${CLOUD_NAMES[router.cloud]}: ${byCloud(CREDENTIALS, router)}`;
}

const CREDENTIALS: CloudTable<PlannedRouter, [], string> = {
  aws: ({ aws }) => awsCredentials(aws),
  azure: ({ azure }) => azureCredentials(azure),
};

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

/** What the owner of a service does with an endpoint that asks for a connection, in the words of the cloud. */
const CONSENT: Readonly<Record<Cloud, string>> = { aws: 'accept', azure: 'approve' };

/** What is to be known where Terraform consents by itself. */
const BY_TERRAFORM: Readonly<Record<Cloud, readonly string[]>> = {
  aws: [],
  azure: ['should Databricks make the endpoint only after the apply has ended, the next apply approves it'],
};

function afterwards(router: PlannedRouter): readonly string[] {
  if (router.teardown === 'prepare') {
    return [
      'after the apply, set `teardown: destroy`, run synth again, and apply: everything but the NCC and its bindings goes',
    ];
  }
  if (router.teardown === 'destroy') {
    return ['this apply takes everything away but the NCC and its bindings, which it only forgets'];
  }
  const { router: owner } = router.ncc;
  return [
    ...(owner === undefined ? [] : [`after ${owner} is applied, which makes its NCC: before, the plan fails`]),
    ...(router.forgetsNcc === true
      ? [
          'an NCC that this router made before, and its bindings, are only forgotten by this apply: both stay in Databricks',
        ]
      : []),
    ...consentSteps(router),
  ];
}

function consentSteps(router: PlannedRouter): readonly string[] {
  if (router.approval === 'manual') {
    const step = CONSENT[router.cloud];
    return [`approval is manual: after the apply, run the command in the output of the stack to ${step} each endpoint`];
  }
  return BY_TERRAFORM[router.cloud];
}

const LEAST_PROSE = 20;

/** A sentence on as many lines as the screen asks for. */
function prose(text: string, indent: string, { width }: Style): readonly string[] {
  return wrapWords(printable(text), Math.max(width - indent.length, LEAST_PROSE)).map((line) => `${indent}${line}`);
}

function stackLines(stack: WrittenStack, router: PlannedRouter | undefined, style: Style): string[] {
  if (router === undefined) {
    return [`  ${style.colors.bold(printable(stack.folder))}`];
  }
  const listeners = router.shards.reduce((sum, shard) => sum + shard.listeners.length, 0);
  const size = `${count(listeners, 'listener')} on ${count(router.shards.length, 'shard')}`;
  return [
    `  ${style.colors.bold(printable(stack.folder))}  ${size}`,
    ...[credentials(router), ...afterwards(router)].flatMap((line) => prose(line, '    ', style)),
  ];
}

/** Quotes a folder for a POSIX shell where it needs that. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What synth wrote and what to run next, credentials included. */
export function renderNextSteps(plan: RoutingPlan, stacks: readonly WrittenStack[], style: Style): string {
  const routers = new Map(plan.routers.map((router) => [router.name, router]));
  // A router whose NCC another one makes comes after it.
  const takes = ({ router }: WrittenStack): boolean => routers.get(router)?.ncc.router !== undefined;
  const ordered = [...stacks.filter((stack) => !takes(stack)), ...stacks.filter(takes)];
  const first = ordered[0];
  if (first === undefined) {
    return 'No stack was written: the inventory has no router.\n';
  }
  const waiting = plan.routers.filter(({ approval, teardown }) => approval === 'terraform' && teardown !== 'destroy');
  const waits = waiting.length > 0;
  const consent = [...new Set(waiting.map(({ cloud }) => CONSENT[cloud]))].join(' or ');
  const commands = [
    `cd ${shellWord(first.folder)}`,
    ...(waits ? [`export ${ENDPOINT_WAIT_SET}`] : []),
    'terraform init',
    'terraform plan -out=tfplan',
    'terraform apply tfplan',
  ];
  return `${[
    `Wrote ${count(stacks.length, 'stack')}:`,
    ...ordered.flatMap((stack) => stackLines(stack, routers.get(stack.router), style)),
    '',
    stacks.length === 1 ? 'Next:' : `Next, in each folder${ordered.some(takes) ? ', in this order' : ''}:`,
    ...commands.map((command) => `  ${style.colors.cyan(printable(command))}`),
    '',
    ...prose(
      'Databricks: an account admin, by DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET of a service principal or any other way that the databricks provider knows.',
      '',
      style,
    ),
    ...(waits
      ? prose(
          `${ENDPOINT_WAIT.name} makes the provider wait for the endpoint, so that the same apply can ${consent} it.`,
          '',
          style,
        )
      : []),
  ].join('\n')}\n`;
}
