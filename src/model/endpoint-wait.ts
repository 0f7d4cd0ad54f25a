/** The variable of the environment without which the databricks provider does not wait for an endpoint, so that nobody could consent to it. */
export const ENDPOINT_WAIT = {
  name: 'DATABRICKS_TF_ENABLED_PF_RESOURCES',
  value: 'databricks_mws_ncc_private_endpoint_rule',
} as const;

/** The variable with its value, as a shell and a person write it. */
export const ENDPOINT_WAIT_SET = `${ENDPOINT_WAIT.name}=${ENDPOINT_WAIT.value}`;
