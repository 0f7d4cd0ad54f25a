import { z } from 'zod';

const texts = z.array(z.string());

/** The keys of `atlantis.yaml`, version 3, as its documentation has them (runatlantis.io, "Repo Level atlantis.yaml Config"). */
export const ATLANTIS_REPO = z.strictObject({
  version: z.literal(3),
  automerge: z.boolean().optional(),
  delete_source_branch_on_merge: z.boolean().optional(),
  parallel_plan: z.boolean().optional(),
  parallel_apply: z.boolean().optional(),
  projects: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-]+$/),
      dir: z.string(),
      branch: z.string().optional(),
      workspace: z.string().optional(),
      execution_order_group: z.number().int().optional(),
      autoplan: z.strictObject({ enabled: z.boolean(), when_modified: texts }).optional(),
      terraform_version: z.string().optional(),
      apply_requirements: texts.optional(),
      workflow: z.string().optional(),
    }),
  ),
});

const atlantisStep = z.union([
  z.enum(['init', 'plan', 'apply', 'show', 'policy_check']),
  z.strictObject({ env: z.strictObject({ name: z.string(), value: z.string() }) }),
  z.strictObject({ run: z.string() }),
]);
const atlantisStage = z.strictObject({ steps: z.array(atlantisStep).min(1) });
const requirements = z.array(z.enum(['approved', 'mergeable', 'undiverged']));

/** The keys of the server's configuration (runatlantis.io, "Server Side Repo Config", "Pre Workflow Hooks", "Custom Workflows"). */
export const ATLANTIS_SERVER = z.strictObject({
  repos: z.array(
    z.strictObject({
      id: z.string(),
      branch: z.string().optional(),
      plan_requirements: requirements.optional(),
      apply_requirements: requirements.optional(),
      workflow: z.string().optional(),
      allowed_overrides: z.array(z.enum(['plan_requirements', 'apply_requirements', 'workflow'])).optional(),
      allowed_workflows: texts.optional(),
      allow_custom_workflows: z.boolean().optional(),
      pre_workflow_hooks: z.array(
        z.strictObject({
          run: z.string(),
          description: z.string().optional(),
          commands: z.string().optional(),
          shell: z.string().optional(),
          shellArgs: z.string().optional(),
        }),
      ),
    }),
  ),
  workflows: z.record(z.string(), z.strictObject({ plan: atlantisStage, apply: atlantisStage })),
});

const hooks = z.array(z.string().regex(/^[^\n]+$/)).optional();
const spaceliftStack = z.strictObject({
  before_init: hooks,
  after_init: hooks,
  before_plan: hooks,
  after_plan: hooks,
  before_apply: hooks,
  after_apply: hooks,
  before_perform: hooks,
  after_perform: hooks,
  before_destroy: hooks,
  after_destroy: hooks,
  after_run: hooks,
  environment: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), z.string()).optional(),
  project_root: z.string().optional(),
  runner_image: z.string().optional(),
  terraform_version: z.string().optional(),
});

/** The keys of `.spacelift/config.yml` (docs.spacelift.io, "Runtime configuration", "YAML reference"). */
export const SPACELIFT = z.strictObject({
  version: z.enum(['1', '2']),
  stack_defaults: spaceliftStack.optional(),
  stacks: z.record(z.string().regex(/^[a-z0-9-]+$/), spaceliftStack),
});
