import { ENDPOINT_WAIT } from '../model';
import { INSTALL, indented, router } from './commands';
import { SPACELIFT_LOGINS, SPACELIFT_TOKEN } from './logins';
import {
  inOrder,
  type Pipeline,
  type PipelineEnvironment,
  type PipelineFile,
  type PipelineStack,
  stacksOf,
} from './pipeline';

/** Where a run keeps the commit that the stack tracks. */
const BASE = 'refs/privatelink-router/base';

/** What is run before `terraform init`, at the root of the repository; each line ends well or the run fails. */
function hooks(pipeline: Pipeline, stack: PipelineStack, environment: PipelineEnvironment): readonly string[] {
  const plan = router('plan', pipeline, environment, `--router ${stack.router}`);
  const fetch = `git fetch --quiet --depth=1 origin "+refs/heads/$TF_VAR_spacelift_stack_branch:${BASE}"`;
  return [
    INSTALL,
    `if ${fetch} 2>/dev/null; then ${plan} --against ${BASE}; else ${plan}; fi`,
    router('synth', pipeline, environment, '--no-backend'),
    `cp -R cdktf.out/stacks/${stack.deployment}/. .`,
    // What is in the folder when it is planned is kept until it is applied: hundreds of megabytes less.
    'rm -rf node_modules cdktf.out',
  ];
}

function stackConfig(pipeline: Pipeline, stack: PipelineStack & { readonly environment: PipelineEnvironment }): string {
  const environment = [
    `${ENDPOINT_WAIT.name}: ${ENDPOINT_WAIT.value}`,
    'DATABRICKS_AUTH_TYPE: file-oidc',
    `DATABRICKS_OIDC_TOKEN_FILEPATH: ${SPACELIFT_TOKEN}`,
    ...SPACELIFT_LOGINS[stack.cloud],
  ];
  return `  ${stack.deployment}:
    before_init:
${indented(
  6,
  hooks(pipeline, stack, stack.environment).map((line) => `- ${line}`),
)}
    environment:
${indented(6, environment)}
`;
}

function config(pipeline: Pipeline): string {
  return `# Written by \`privatelink-router init --pipeline spacelift\`. It is yours now: change what you like.
#
# One stack for each router and environment; the key is the stack's slug in Spacelift. .spacelift/README.md says what the
# stacks need beside this file.
version: "1"
stacks:
${stacksOf(pipeline)
  .map((stack) => stackConfig(pipeline, stack))
  .join('')}`;
}

const DOCKERFILE = `# Written by \`privatelink-router init --pipeline spacelift\`. It is yours now: change what you like.
#
# The runner's image: Spacelift's own (its documentation names it), with Node, and with npm's cache filled, so that a run
# downloads no package. Build it again when package-lock.json changes:
#   docker build --file .spacelift/Dockerfile --build-arg RUNNER=spacelift-runner-terraform-image .
ARG RUNNER
FROM \${RUNNER}
USER root
RUN apk add --no-cache nodejs npm git
USER spacelift
COPY --chown=spacelift package.json package-lock.json /tmp/packages/
RUN cd /tmp/packages && ${INSTALL} && cd / && rm -rf /tmp/packages
`;

const POLICY = `# Written by \`privatelink-router init --pipeline spacelift\`. It is yours now: change what you like.
#
# A notification policy (Rego v1) for the space of the stacks: the pull request gets one comment of each stack, with our
# plan (what clients notice begins with "!") and Terraform's.
package spacelift

pull_request contains {
  "commit": run.commit.hash,
  "body": body,
  "deduplication_key": deduplication_key,
} if {
  stack := input.run_updated.stack
  run := input.run_updated.run
  run.type == "PROPOSED"
  run.state in {"FINISHED", "FAILED"}
  deduplication_key := stack.id
  body := sprintf("### %s\\n\\n%s\\nspacelift::logs::initializing\\n%s\\n\\n%s\\nspacelift::logs::planning\\n%s\\n", [
    stack.id, "\`\`\`\`\`\`diff", "\`\`\`\`\`\`", "\`\`\`\`\`\`", "\`\`\`\`\`\`",
  ])
}
`;

/** What orders the runs of routers that share an NCC: a file of the repository cannot say it. */
function dependencies(pipeline: Pipeline): string {
  const { sharing: those } = inOrder(stacksOf(pipeline));
  if (those.length === 0) return '';
  return `- stack dependencies (the tab Dependencies of a stack, or \`spacelift_stack_dependency\` of the provider), without references
  to outputs, since these stacks use the NCC that another one makes:
${those.map(({ deployment, after }) => `  \`${deployment}\` depends on \`${after}\`;`).join('\n')}
`;
}

/** What dependencies leave open. */
function proposedRuns(pipeline: Pipeline): string {
  if (inOrder(stacksOf(pipeline)).sharing.length === 0) return '';
  return `
A dependency orders the runs that a merge starts: a stack is planned once those that it depends on are applied. The runs of
a pull request know no order: where it makes the NCC, or gives it another name, the stacks that use it fail to plan until
it is merged. In a teardown the order makes no difference: the NCC is only forgotten.
`;
}

function readme(pipeline: Pipeline): string {
  const rows = stacksOf(pipeline).map(({ deployment, cloud, region }) => `| \`${deployment}\` | ${cloud} ${region} |`);
  return `# privatelink-router on Spacelift

Written by \`privatelink-router init --pipeline spacelift\`. It is yours now: change what you like.

| stack (slug) | where |
|---|---|
${rows.join('\n')}

Each stack, made in Spacelift once and by hand or by its Terraform provider:

- the repository, branch \`${pipeline.branch}\`, no project root;
- OpenTofu 1.7 or newer, or Terraform 1.5 (1.7 for \`approval: manual\` and \`teardown\`) by a custom tool;
- a runner image built from \`.spacelift/Dockerfile\`;
- the state managed by Spacelift: \`synth --no-backend\` leaves the inventory's backend out. With a state of your own,
  make the stack without Spacelift's state and take \`--no-backend\` out of the hooks;
- no secrets. AWS: a cloud integration. Azure: \`ARM_CLIENT_ID\`, \`ARM_TENANT_ID\` and a federated credential for the
  stack's subject. Databricks: \`DATABRICKS_CLIENT_ID\` of a service principal that is account admin, with a federation
  policy for your account's issuer and the stack's subject; its audience is your account's host name;
- "use Git checkout" in the integration with your version control, so that our plan can compare with the branch that is
  tracked; without it the plan shows the ports and no changes;
${dependencies(pipeline)}- \`.spacelift/pull-request.rego\` as a notification policy, for the comment on pull requests.

A pull request plans all stacks of the repository; a merge plans again and applies after confirmation, or at once with
autodeploy. A lock that does not match the inventory stops the run, since the hooks say \`--frozen\`.
${proposedRuns(pipeline)}`;
}

/** Spacelift's runtime configuration, with the image, the policy and a page that it needs. */
export function spacelift(pipeline: Pipeline): readonly PipelineFile[] {
  return [
    { path: '.spacelift/config.yml', text: config(pipeline) },
    { path: '.spacelift/Dockerfile', text: DOCKERFILE },
    { path: '.spacelift/pull-request.rego', text: POLICY },
    { path: '.spacelift/README.md', text: readme(pipeline) },
  ];
}
