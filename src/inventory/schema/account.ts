import * as z from 'zod/mini';
import { accountHostForm } from '../values/account-host';
import { databricksAccountForm } from '../values/forms';
import { DOCS, text } from './field';

/** A Databricks account, as it stands at the top of an inventory or at a router. */
export const accountSchema = (description: string) =>
  z
    .strictObject({
      accountId: text({ description: 'The id of the Databricks account, a UUID.' }, databricksAccountForm),
      host: z.optional(
        text(
          {
            description:
              "The address of the account console. Default: the one of the router's cloud, https://accounts.cloud.databricks.com on AWS and https://accounts.azuredatabricks.net on Azure.",
          },
          accountHostForm,
        ),
      ),
    })
    .register(DOCS, { description });
