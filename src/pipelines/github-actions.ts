import { ENDPOINT_WAIT } from '../model';
import { commentLines, INSTALL, indented, NODE_VERSION, planFile, router, suffix, TERRAFORM_VERSION } from './commands';
import { githubComment } from './comment-script';
import { GITHUB_LOGINS } from './logins';
import { type Pipeline, type PipelineFile, watchedFiles } from './pipeline';

const WORKFLOW = '.github/workflows/privatelink-router.yml';
const COMMENT = '.github/privatelink-router-comment.mjs';

/**
 * A pull request of a fork gets neither tokens nor a role; GitHub treats one that Dependabot opened as if it were of a
 * fork, and its new packages are to meet no credentials before a person has looked at them.
 */
const OWN = "github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'";

/** Our plan of every environment, each in a file; what is wrong in one does not hide what is wrong in another. */
function planLines(pipeline: Pipeline): readonly string[] {
  const lines = pipeline.environments.flatMap((environment) => {
    const file = planFile(environment);
    return [
      `${router('plan', pipeline, environment, '--against "$base" --format markdown')} > ${file} || status=$?`,
      `cat ${file} >> "$GITHUB_STEP_SUMMARY"`,
    ];
  });
  return [
    '# The commit before: the base branch of a pull request, or what was merged last.',
    "base=$(git rev-parse --quiet --verify 'HEAD^1' || git rev-parse HEAD)",
    'status=0',
    ...lines,
    'exit "$status"',
  ];
}

function synthLines(pipeline: Pipeline): readonly string[] {
  const files = pipeline.environments.map((environment) => ({
    environment,
    file: `cdktf.out/stacks${suffix(environment)}.json`,
  }));
  return [
    'mkdir -p cdktf.out',
    ...files.map(({ environment, file }) => `${router('synth', pipeline, environment, '--format json')} > ${file}`),
    'stacks=$(node -p \'JSON.stringify(process.argv.slice(1).flatMap((file) => JSON.parse(require("fs").readFileSync(file, "utf8")).stacks))\' \\',
    `  ${files.map(({ file }) => file).join(' ')})`,
    'echo "stacks=$stacks" >> "$GITHUB_OUTPUT"',
  ];
}

/** Steps of both jobs that run Terraform, as somebody. */
const TERRAFORM = `      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_version: ${TERRAFORM_VERSION}
          terraform_wrapper: false
${GITHUB_LOGINS.flatMap(({ step }) => step)
  .map((line) => `      ${line}\n`)
  .join('')}      - name: Providers and state
        run: terraform -chdir="$STACK" init`;

/** Who both jobs are at Databricks and Azure; names of routers come by the environment and never into a script. */
const IDENTITY = `    env:
      STACK: cdktf.out/stacks/\${{ matrix.deployment }}
      DEPLOYMENT: \${{ matrix.deployment }}
      DATABRICKS_AUTH_TYPE: github-oidc
      DATABRICKS_CLIENT_ID: \${{ vars.DATABRICKS_CLIENT_ID }}
${indented(
  6,
  GITHUB_LOGINS.flatMap(({ env }) => env),
)}`;

function workflow(pipeline: Pipeline): string {
  const paths = indented(
    6,
    [...watchedFiles(pipeline), WORKFLOW, COMMENT].map((path) => `- ${path}`),
  );
  return `# Written by \`privatelink-router init --pipeline github-actions\`. It is yours now: change what you like.
#
# A pull request gets two comments: which ports lead to which databases and what of that changes, and Terraform's plan of
# each router. A merge plans once more and applies that very plan once its environment lets it. A new router needs no
# change here, only its two environments: ROUTER-plan (reads) and ROUTER (applies; give it reviewers), each with the
# variables ${GITHUB_LOGINS.map(({ variables }) => variables).join(' or ')}, and DATABRICKS_CLIENT_ID. There are no secrets.
# A pull request of a fork or of Dependabot is checked, and its ports are in the summary of the run: it gets no credentials.
name: privatelink-router

on:
  pull_request:
    branches: [${pipeline.branch}]
    paths:
${paths}
  push:
    branches: [${pipeline.branch}]
    paths:
${paths}

permissions: {}

env:
  ${ENDPOINT_WAIT.name}: ${ENDPOINT_WAIT.value}
  TF_IN_AUTOMATION: "1"
  TF_INPUT: "0"

jobs:
  synth:
    name: Ports
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pull-requests: write
    outputs:
      stacks: \${{ steps.synth.outputs.stacks }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 2
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: ${NODE_VERSION}
      - id: packages
        uses: actions/cache@v4
        with:
          path: node_modules
          key: privatelink-router-\${{ runner.os }}-\${{ runner.arch }}-node${NODE_VERSION}-\${{ hashFiles('package-lock.json') }}
      - name: Packages
        if: steps.packages.outputs.cache-hit != 'true'
        run: ${INSTALL}
      - name: Ports and what changes
        run: |
${indented(10, planLines(pipeline))}
      - name: Comment
        if: \${{ !cancelled() && github.event_name == 'pull_request' && ${OWN} }}
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PULL_REQUEST: \${{ github.event.pull_request.number }}
        run: |
${indented(10, commentLines(pipeline, COMMENT))}
      - id: synth
        name: Terraform
        run: |
${indented(10, synthLines(pipeline))}
      - uses: actions/upload-artifact@v4
        with:
          name: privatelink-router-stacks
          path: cdktf.out/stacks
          retention-days: 30

  plan:
    name: Plan \${{ matrix.deployment }}
    needs: synth
    if: \${{ needs.synth.outputs.stacks != '[]' && (github.event_name != 'pull_request' || (${OWN})) }}
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.synth.outputs.stacks) }}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: \${{ matrix.deployment }}-plan
    concurrency:
      group: privatelink-router-plan-\${{ matrix.deployment }}-\${{ github.ref }}
      cancel-in-progress: \${{ github.event_name == 'pull_request' }}
    permissions:
      contents: read
      id-token: write
      pull-requests: write
${IDENTITY}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/download-artifact@v4
        with:
          name: privatelink-router-stacks
          path: cdktf.out/stacks
${TERRAFORM}
      - name: Plan
        # Who plans may not write the state's lock; the apply takes it, and refuses a plan that is older than the state.
        run: |
          terraform -chdir="$STACK" plan -lock=false -out=tfplan
          terraform -chdir="$STACK" show -no-color tfplan > plan.txt
      - name: Comment
        if: github.event_name == 'pull_request'
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PULL_REQUEST: \${{ github.event.pull_request.number }}
        run: node ${COMMENT} "terraform-$DEPLOYMENT" plan.txt "$DEPLOYMENT"
      - uses: actions/upload-artifact@v4
        if: github.event_name != 'pull_request'
        with:
          name: privatelink-router-plan-\${{ matrix.deployment }}
          path: |
            cdktf.out/stacks/\${{ matrix.deployment }}
            !cdktf.out/stacks/\${{ matrix.deployment }}/.terraform/**
          # Terraform's own lock file begins with a dot, and the plan is bound to it.
          include-hidden-files: true
          retention-days: 30

  apply:
    name: Apply \${{ matrix.deployment }}
    needs: [synth, plan]
    if: \${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${pipeline.branch}' }}
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.synth.outputs.stacks) }}
    runs-on: ubuntu-latest
    # A private endpoint of Databricks takes its time to come and to go.
    timeout-minutes: 120
    environment: \${{ matrix.deployment }}
    concurrency:
      group: privatelink-router-\${{ matrix.deployment }}
      cancel-in-progress: false
    permissions:
      contents: read
      id-token: write
${IDENTITY}
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: privatelink-router-plan-\${{ matrix.deployment }}
          path: cdktf.out/stacks/\${{ matrix.deployment }}
${TERRAFORM}
      - name: Apply
        run: terraform -chdir="$STACK" apply tfplan
`;
}

/** The workflow for GitHub Actions, and the script with which it comments. */
export function githubActions(pipeline: Pipeline): readonly PipelineFile[] {
  return [{ path: WORKFLOW, text: workflow(pipeline) }, githubComment(COMMENT)];
}
