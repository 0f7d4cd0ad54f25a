import { ENDPOINT_WAIT } from '../model';
import { commentLines, INSTALL, indented, NODE_VERSION, planFile, router, TERRAFORM_VERSION } from './commands';
import { azureComment } from './comment-script';
import { AZURE_DEVOPS_TASKS } from './logins';
import { inOrder, type Pipeline, type PipelineFile, type PipelineStack, stacksOf, watchedFiles } from './pipeline';

const PIPELINE = 'azure-pipelines.yml';
const COMMENT = '.azure-pipelines/privatelink-router-comment.mjs';
const IS_PULL_REQUEST = "eq(variables['Build.Reason'], 'PullRequest')";
/** A build of a fork gets neither a service connection nor a token that may comment. */
const IS_FORK = "eq(variables['System.PullRequest.IsFork'], 'True')";
/** The comment is posted by the API of Azure Repos; GitHub and Bitbucket have others. */
const MAY_COMMENT = `${IS_PULL_REQUEST}, not(${IS_FORK}), eq(variables['Build.Repository.Provider'], 'TfsGit')`;

/** Names of jobs are letters, digits and underscores; no deployment has an underscore of its own. */
function jobName(verb: string, { deployment }: PipelineStack): string {
  return `${verb}_${deployment.replaceAll('-', '_')}`;
}

function planLines(pipeline: Pipeline): readonly string[] {
  const lines = pipeline.environments.map((environment) => {
    const plan = router('plan', pipeline, environment, '--against "$base" --format markdown');
    return `${plan} > ${planFile(environment)} || status=$?`;
  });
  return [
    '# The commit before: the target branch of a pull request, or what was merged last.',
    "base=$(git rev-parse --quiet --verify 'HEAD^1' || git rev-parse HEAD)",
    'status=0',
    ...lines,
    `cat plan*.md`,
    'exit "$status"',
  ];
}

function synthLines(pipeline: Pipeline): readonly string[] {
  const known = stacksOf(pipeline).map(({ deployment }) => deployment);
  return [
    'set -e',
    ...pipeline.environments.map((environment) => router('synth', pipeline, environment)),
    '# A router that has no jobs below would never be applied.',
    `known=" ${known.join(' ')} "`,
    'for stack in cdktf.out/stacks/*/; do',
    '  name=$(basename "$stack")',
    '  case "$known" in',
    '    *" $name "*) ;;',
    `    *) echo "${PIPELINE} has no jobs for $name" >&2; exit 1 ;;`,
    '  esac',
    'done',
  ];
}

/** A task that runs lines of shell as the identity of a service connection; who plans is not who applies. */
function asService(
  { cloud, region, deployment }: PipelineStack,
  title: 'Plan' | 'Apply',
  lines: readonly string[],
): readonly string[] {
  const connection = `privatelink-router-${deployment}${title === 'Plan' ? '-plan' : ''}`;
  const env = [
    'env:',
    '  SYSTEM_ACCESSTOKEN: $(System.AccessToken)',
    '  DATABRICKS_AUTH_TYPE: azure-devops-oidc',
    '  DATABRICKS_CLIENT_ID: $(DATABRICKS_CLIENT_ID)',
    `  ${ENDPOINT_WAIT.name}: ${ENDPOINT_WAIT.value}`,
  ];
  const script = lines.map((line) => `    ${line}`);
  const head = AZURE_DEVOPS_TASKS[cloud](title, connection, region);
  return [...head, ...script.map((line) => `  ${line}`), ...env.map((line) => `  ${line}`)];
}

const INSTALL_TERRAFORM = ['- task: TerraformInstaller@1', '  inputs:', `    terraformVersion: ${TERRAFORM_VERSION}`];

/** @param after jobs of its stage that come before it */
function planJob(stack: PipelineStack, after: readonly string[]): readonly string[] {
  const { deployment } = stack;
  const folder = `cdktf.out/stacks/${deployment}`;
  return [
    `- job: ${jobName('Plan', stack)}`,
    `  displayName: Plan ${deployment}`,
    ...after.map((job) => `  dependsOn: ${job}`),
    `  condition: and(succeeded(), not(${IS_FORK}))`,
    '  steps:',
    '    - checkout: self',
    '    - download: none',
    '    - task: DownloadPipelineArtifact@2',
    '      inputs:',
    '        artifactName: stacks',
    '        targetPath: $(Build.SourcesDirectory)/cdktf.out/stacks',
    ...INSTALL_TERRAFORM.map((line) => `    ${line}`),
    ...asService(stack, 'Plan', [
      `terraform -chdir=${folder} init -input=false`,
      `terraform -chdir=${folder} plan -input=false -lock=false -out=tfplan`,
      `terraform -chdir=${folder} show -no-color tfplan > plan.txt`,
      `rm -rf ${folder}/.terraform`,
    ]).map((line) => `    ${line}`),
    `    - bash: node ${COMMENT} terraform-${deployment} plan.txt ${deployment}`,
    '      displayName: Comment',
    `      condition: and(succeeded(), ${MAY_COMMENT})`,
    '      env:',
    '        SYSTEM_ACCESSTOKEN: $(System.AccessToken)',
    `    - publish: ${folder}`,
    `      artifact: plan-${deployment}`,
    `      condition: and(succeeded(), not(${IS_PULL_REQUEST}))`,
  ];
}

function applyJob(stack: PipelineStack): readonly string[] {
  const { deployment } = stack;
  const folder = `cdktf.out/stacks/${deployment}`;
  return [
    `- deployment: ${jobName('Apply', stack)}`,
    `  displayName: Apply ${deployment}`,
    '  # A private endpoint of Databricks takes its time to come and to go.',
    '  timeoutInMinutes: "120"',
    `  environment: privatelink-router-${deployment}`,
    '  strategy:',
    '    runOnce:',
    '      deploy:',
    '        steps:',
    '          - checkout: none',
    '          - download: none',
    '          - task: DownloadPipelineArtifact@2',
    '            inputs:',
    `              artifactName: plan-${deployment}`,
    `              targetPath: $(Build.SourcesDirectory)/${folder}`,
    ...INSTALL_TERRAFORM.map((line) => `          ${line}`),
    ...asService(stack, 'Apply', [
      `terraform -chdir=${folder} init -input=false`,
      `terraform -chdir=${folder} apply -input=false tfplan`,
    ]).map((line) => `          ${line}`),
  ];
}

/** Applies what is merged, and nothing else. */
function applyStage(pipeline: Pipeline, name: string, after: string, stacks: readonly PipelineStack[]): string {
  return `
  - stage: ${name}
    dependsOn: ${after}
    condition: and(succeeded(), not(${IS_PULL_REQUEST}), eq(variables['Build.SourceBranch'], 'refs/heads/${pipeline.branch}'))
    jobs:
${indented(6, stacks.flatMap(applyJob))}
`;
}

/**
 * Stages for routers that use the NCC of another one: where that is new, or has a new name, they cannot be planned before it is
 * applied. On a pull request, which applies nothing, they are planned all the same.
 */
function sharingStages(pipeline: Pipeline, stacks: readonly PipelineStack[]): string {
  if (stacks.length === 0) return '';
  return `
  # These routers use the NCC that another one makes, which is applied before they are planned.
  - stage: PlanSharing
    dependsOn: [Plan, Apply]
    condition: and(succeeded('Plan'), in(dependencies.Apply.result, 'Succeeded', 'SucceededWithIssues', 'Skipped'))
    jobs:
${indented(
  6,
  stacks.flatMap((stack) => planJob(stack, [])),
)}
${applyStage(pipeline, 'ApplySharing', 'PlanSharing', stacks)}`;
}

function azurePipeline(pipeline: Pipeline): string {
  const paths = [...watchedFiles(pipeline), PIPELINE, COMMENT];
  const filters = indented(2, [
    'branches:',
    `  include: [${pipeline.branch}]`,
    'paths:',
    '  include:',
    ...paths.map((path) => `    - ${path}`),
  ]);
  const { first, sharing } = inOrder(stacksOf(pipeline));
  return `# Written by \`privatelink-router init --pipeline azure-devops\`. It is yours now: change what you like.
#
# A pull request gets two comments: which ports lead to which databases and what of that changes, and Terraform's plan of
# each router. A merge plans once more and applies that very plan once its environment lets it. Needed for each router: an
# environment privatelink-router-ROUTER, a service connection of that name that may write, and privatelink-router-ROUTER-plan
# that may read; and the variable DATABRICKS_CLIENT_ID; no secrets. A new router needs two jobs here; the first job says so.
# Comments are for Azure Repos; elsewhere, and for a fork, which gets no service connection, the text is in the run's log.
trigger:
  batch: "true"
${filters}
# For GitHub and Bitbucket; Azure Repos asks the branch's policy (build validation) instead.
pr:
${filters}

pool:
  vmImage: ubuntu-latest

# One run after the other: of two applies the second would plan against what the first is about to change.
lockBehavior: sequential

stages:
  - stage: Plan
    jobs:
      - job: Ports
        steps:
          - checkout: self
            fetchDepth: "2"
          - task: NodeTool@0
            inputs:
              versionSpec: ${NODE_VERSION}.x
          - task: Cache@2
            inputs:
              key: '"privatelink-router" | "$(Agent.OS)" | "$(Agent.OSArchitecture)" | package-lock.json'
              path: node_modules
              cacheHitVar: PACKAGES
          - bash: ${INSTALL}
            displayName: Packages
            condition: and(succeeded(), ne(variables.PACKAGES, 'true'))
          - bash: |
${indented(14, planLines(pipeline))}
            displayName: Ports and what changes
          - bash: |
${indented(14, commentLines(pipeline, COMMENT))}
            displayName: Comment
            condition: and(not(canceled()), ${MAY_COMMENT})
            env:
              SYSTEM_ACCESSTOKEN: $(System.AccessToken)
          - bash: |
${indented(14, synthLines(pipeline))}
            displayName: Terraform
          - publish: cdktf.out/stacks
            artifact: stacks
${indented(
  6,
  first.flatMap((stack) => planJob(stack, ['Ports'])),
)}
${applyStage(pipeline, 'Apply', 'Plan', first)}${sharingStages(pipeline, sharing)}`;
}

/** The pipeline for Azure DevOps, and the script with which it comments. */
export function azureDevops(pipeline: Pipeline): readonly PipelineFile[] {
  return [{ path: PIPELINE, text: azurePipeline(pipeline) }, azureComment(COMMENT)];
}
