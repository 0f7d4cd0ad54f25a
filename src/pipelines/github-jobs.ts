import { indented, TERRAFORM_VERSION } from './commands';
import { GITHUB_LOGINS } from './logins';
import { inOrder, type Pipeline, stacksOf } from './pipeline';

/** The script with which jobs comment. */
export const COMMENT = '.github/privatelink-router-comment.mjs';

/**
 * A pull request of a fork gets neither tokens nor a role; GitHub treats one that Dependabot opened as if it were of a
 * fork, and its new packages are to meet no credentials before a person has looked at them.
 */
export const OWN =
  "github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'";

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

/** The two jobs of a set of routers: what they are called, and when the first of them runs. */
interface JobPair {
  readonly plan: string;
  readonly apply: string;
  /** The output of the first job that has the routers. */
  readonly output: string;
  readonly planNeeds: string;
  readonly planIf: string;
}

/** Routers that can be planned at once. */
export const FIRST: JobPair = {
  plan: 'plan',
  apply: 'apply',
  output: 'stacks',
  planNeeds: 'synth',
  planIf: `needs.synth.outputs.stacks != '[]' && (github.event_name != 'pull_request' || (${OWN}))`,
};

/**
 * Routers that use the NCC of another one: where that is new, or has a new name, they cannot be planned before it is applied.
 * On a pull request, which applies nothing, they are planned all the same.
 */
export const SHARING: JobPair = {
  plan: 'plan-sharing',
  apply: 'apply-sharing',
  output: 'sharing',
  planNeeds: '[synth, apply]',
  // A job whose need was skipped is skipped, unless its condition asks for what became of the run.
  planIf: `!cancelled() && needs.synth.result == 'success' && needs.synth.outputs.sharing != '[]' && ((github.event_name == 'pull_request' && ${OWN}) || needs.apply.result == 'success')`,
};

/** Whether a router uses the NCC that another one makes, as the inventory is now. */
export function sharesNcc(pipeline: Pipeline): boolean {
  return inOrder(stacksOf(pipeline)).sharing.length > 0;
}

/** Plans each router of an output, and comments. */
export function planJob({ plan, output, planNeeds, planIf }: JobPair): string {
  return `  ${plan}:
    name: Plan \${{ matrix.deployment }}
    needs: ${planNeeds}
    if: \${{ ${planIf} }}
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.synth.outputs.${output}) }}
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
          retention-days: 30`;
}

/** Applies what was planned. */
export function applyJob(pipeline: Pipeline, { plan, apply, output }: JobPair): string {
  return `  ${apply}:
    name: Apply \${{ matrix.deployment }}
    needs: [synth, ${plan}]
    if: \${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${pipeline.branch}' }}
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.synth.outputs.${output}) }}
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
        run: terraform -chdir="$STACK" apply tfplan`;
}
