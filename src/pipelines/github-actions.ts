import { ENDPOINT_WAIT } from '../model';
import { commentLines, INSTALL, indented, NODE_VERSION, planFile, router, suffix } from './commands';
import { githubComment } from './comment-script';
import { applyJob, COMMENT, FIRST, OWN, planJob, SHARING, sharesNcc } from './github-jobs';
import { GITHUB_LOGINS } from './logins';
import { type Pipeline, type PipelineFile, watchedFiles } from './pipeline';

const WORKFLOW = '.github/workflows/privatelink-router.yml';

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
  const sharing = sharesNcc(pipeline);
  const files = pipeline.environments.map((environment) => ({
    environment,
    file: `cdktf.out/stacks${suffix(environment)}.json`,
  }));
  return [
    'mkdir -p cdktf.out',
    ...files.map(({ environment, file }) => `${router('synth', pipeline, environment, '--format json')} > ${file}`),
    `${sharing ? 'all' : 'stacks'}=$(node -p 'JSON.stringify(process.argv.slice(1).flatMap((file) => JSON.parse(require("fs").readFileSync(file, "utf8")).stacks))' \\`,
    `  ${files.map(({ file }) => file).join(' ')})`,
    ...(sharing
      ? [
          `stacks=$(node -p 'JSON.stringify(JSON.parse(process.argv[1]).filter(({ nccRouter }) => nccRouter === undefined))' "$all")`,
          `sharing=$(node -p 'JSON.stringify(JSON.parse(process.argv[1]).filter(({ nccRouter }) => nccRouter !== undefined))' "$all")`,
          'echo "sharing=$sharing" >> "$GITHUB_OUTPUT"',
        ]
      : []),
    'echo "stacks=$stacks" >> "$GITHUB_OUTPUT"',
  ];
}

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
${sharesNcc(pipeline) ? '      sharing: ${{ steps.synth.outputs.sharing }}\n' : ''}    steps:
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

${planJob(FIRST)}

${applyJob(pipeline, FIRST)}
${
  sharesNcc(pipeline)
    ? `
  # These routers use the NCC that another one makes, which is applied before they are planned.
${planJob(SHARING)}

${applyJob(pipeline, SHARING)}
`
    : ''
}`;
}

/** The workflow for GitHub Actions, and the script with which it comments. */
export function githubActions(pipeline: Pipeline): readonly PipelineFile[] {
  return [{ path: WORKFLOW, text: workflow(pipeline) }, githubComment(COMMENT)];
}
