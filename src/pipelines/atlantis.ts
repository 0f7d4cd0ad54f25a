import { ENDPOINT_WAIT } from '../model';
import { INSTALL, indented, router } from './commands';
import { inOrder, type Pipeline, type PipelineEnvironment, type PipelineFile, stacksOf } from './pipeline';

/** Not cdktf.out: that one stands in .gitignore, and Atlantis does not see what git ignores. */
const OUT = 'atlantis.out';
/** Where the hook keeps the commit that the pull request is to be merged into. */
const BASE = 'refs/privatelink-router/base';

function workflowName({ name }: PipelineEnvironment): string {
  return name === undefined ? 'privatelink-router' : `privatelink-router-${name}`;
}

function projects(pipeline: Pipeline): string {
  return stacksOf(pipeline)
    .map(({ deployment, environment, after }) => {
      const watched = [...environment.files, 'package.json', 'package-lock.json'];
      return `  - name: ${deployment}
    dir: ${OUT}/stacks/${deployment}
    workflow: ${workflowName(environment)}
${after === undefined ? '' : `    # After ${after}, which makes its NCC.\n    execution_order_group: 1\n`}    autoplan:
      enabled: true
      # From the project's folder.
      when_modified:
${indented(
  8,
  watched.map((file) => `- ../../../${file}`),
)}
`;
    })
    .join('');
}

function repoConfig(pipeline: Pipeline): string {
  return `# Written by \`privatelink-router init --pipeline atlantis\`. It is yours now: change what you like.
#
# One project for each router and environment. A new router needs a project here; the hook of atlantis/repos.yaml says so
# where one is missing. The folders are made by that hook.
version: 3
automerge: true
projects:
${projects(pipeline)}`;
}

/** The project's router: its name without the environment that its workflow is for. */
function ownRouter({ name }: PipelineEnvironment): string {
  return name === undefined ? '"$PROJECT_NAME"' : `"\${PROJECT_NAME%-${name}}"`;
}

function workflows(pipeline: Pipeline): string {
  return pipeline.environments
    .map((environment) => {
      const plan = router('plan', pipeline, environment, `--router ${ownRouter(environment)} --against ${BASE}`);
      return `  ${workflowName(environment)}:
    plan:
      steps:
        - env:
            name: ${ENDPOINT_WAIT.name}
            value: ${ENDPOINT_WAIT.value}
        # Which ports lead to which databases, and what of that changes: above Terraform's plan, in the same comment.
        - run: cd "$DIR/../../.." && ${plan}
        - init
        - plan
    apply:
      steps:
        - env:
            name: ${ENDPOINT_WAIT.name}
            value: ${ENDPOINT_WAIT.value}
        - apply
`;
    })
    .join('');
}

function serverConfig(pipeline: Pipeline): string {
  const synth = pipeline.environments.map((environment) => router('synth', pipeline, environment, `--out ${OUT}`));
  const repository = pipeline.repository ?? 'github.com/your-organisation/your-repository';
  const yours = pipeline.repository === undefined ? '   # yours' : '';
  return `# Written by \`privatelink-router init --pipeline atlantis\`. It is yours now: change what you like.
#
# Belongs to the Atlantis server (--repo-config), since what is executed there is not for a pull request to say. Merge it
# into the server's own file where there is one.
repos:
  - id: ${repository}${yours}
    apply_requirements: [approved, mergeable, undiverged]
    allowed_overrides: [workflow]
    allowed_workflows: [${pipeline.environments.map(workflowName).join(', ')}]
    pre_workflow_hooks:
      # The branch that the pull request is to be merged into, to compare with its lock.
      - run: git fetch --quiet --depth=1 origin "+refs/heads/$BASE_BRANCH_NAME:${BASE}"
        description: privatelink-router, the base to compare with
        commands: plan
      # Installed anew only where npm's lock file is another one than last time in this clone.
      - run: cmp -s package-lock.json node_modules/.privatelink-router-lock || { ${INSTALL} && cp package-lock.json node_modules/.privatelink-router-lock; }
        description: privatelink-router, packages
        commands: plan
${synth
  .map(
    (command) => `      - run: ${command}
        description: privatelink-router, Terraform
        commands: plan
`,
  )
  .join(
    '',
  )}      - run: for stack in ${OUT}/stacks/*/; do grep -qE "^ +dir. \${stack%/}\\$" atlantis.yaml || { echo "atlantis.yaml has no project for \${stack%/}" >&2; exit 1; }; done
        description: privatelink-router, a project for each router
        commands: plan
workflows:
${workflows(pipeline)}`;
}

const SERVER_ENV = `# Written by \`privatelink-router init --pipeline atlantis\`: settings of the Atlantis server.
# What the hooks write is not in git; these make Atlantis see it.
ATLANTIS_INCLUDE_GIT_UNTRACKED_FILES=true
ATLANTIS_AUTOPLAN_FILE_LIST=**/cdk.tf.json,**/*.tf,**/*.tfvars,**/*.tfvars.json
# What is planned is the base branch with the pull request in it, lock and all.
ATLANTIS_CHECKOUT_STRATEGY=merge
# A stale lock or a broken inventory must stop the plan.
ATLANTIS_FAIL_ON_PRE_WORKFLOW_HOOK_ERROR=true
ATLANTIS_REPO_CONFIG=/etc/atlantis/repos.yaml
`;

/** What to do where routers share an NCC that is not there yet. */
function sharing(pipeline: Pipeline): string {
  const { sharing: those } = inOrder(stacksOf(pipeline));
  const [one] = those;
  if (one === undefined) return '';
  return `
These projects use the NCC that another one makes, and are planned and applied after it (\`execution_order_group\`):
${those.map(({ deployment, after }) => `\`${deployment}\` after \`${after}\``).join(', ')}. Where one pull request makes the NCC,
or gives it another name, their plans fail until it is there. Apply and plan by project then:
\`atlantis apply -p ${one.after}\`, \`atlantis plan -p ${one.deployment}\`, \`atlantis apply -p ${one.deployment}\`. In a teardown the
order makes no difference: the NCC is only forgotten.
`;
}

function readme(pipeline: Pipeline): string {
  return `# privatelink-router on Atlantis

Written by \`privatelink-router init --pipeline atlantis\`. It is yours now: change what you like.

| file | where it belongs |
|---|---|
| \`atlantis.yaml\` | here, at the root of the repository: a project for each router and environment |
| \`atlantis/repos.yaml\` | the server's repository configuration (\`--repo-config\`): hooks and workflows |
| \`atlantis/server.env\` | the server's environment |

The server's image needs Node ${'20 or newer'}, npm and git beside Terraform 1.7 or newer. It runs code of the packages that
\`package-lock.json\` names, as it runs the providers of Terraform: let only people open pull requests whom you trust with
that, and keep \`ATLANTIS_ALLOW_FORK_PRS\` off.

Credentials are the server's own, without a secret: a role of its machine or pod (IRSA, workload identity), which
\`assumeRole\` in the inventory may carry on to other accounts; \`ARM_USE_MSI=true\` or \`ARM_USE_AKS_WORKLOAD_IDENTITY=true\`
for Azure; for Databricks \`DATABRICKS_AUTH_TYPE=file-oidc\`, \`DATABRICKS_CLIENT_ID\` and \`DATABRICKS_OIDC_TOKEN_FILEPATH\` with a
token that Kubernetes projects, and a federation policy of the service principal that trusts the cluster.

What happens on a pull request: the hooks install the packages (once for each clone and lock file), write Terraform into
\`${OUT}\`, and stop where the lock is stale. Those projects are planned whose inventory, overlay or lock the pull request
changes, or npm's lock file (\`when_modified\` in \`atlantis.yaml\`). Above Terraform's plan stands ours: what clients notice
begins with \`!\`. After \`atlantis apply\` of all of them the pull request is merged.
${sharing(pipeline)}
\`${OUT}\` must not stand in \`.gitignore\`. The state must be in a backend of the inventory: the folder goes with the pull
request.
`;
}

/** Atlantis' file of projects, and what belongs to the server: hooks, workflows, settings, and a page that says so. */
export function atlantis(pipeline: Pipeline): readonly PipelineFile[] {
  return [
    { path: 'atlantis.yaml', text: repoConfig(pipeline) },
    { path: 'atlantis/repos.yaml', text: serverConfig(pipeline) },
    { path: 'atlantis/server.env', text: SERVER_ENV },
    { path: 'atlantis/README.md', text: readme(pipeline) },
  ];
}
