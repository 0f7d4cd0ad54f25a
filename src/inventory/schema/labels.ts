import * as z from 'zod/mini';
import { labelForm } from '../values/label';
import { anyText, DOCS, text } from './field';

const MAX_OWNER = 128;
const MAX_DESCRIPTION = 256;

/** Tags by key. @param description of what they are */
export function tagsSchema(description: string) {
  return z
    .record(z.string(), anyText({ description: 'Value of the tag; numbers in quotes.' }))
    .register(DOCS, { description });
}

/** What a target says of itself to people; no packet goes another way for it. */
export const labels = {
  owner: z.optional(
    text(
      {
        description: `Whom to ask about the target: an e-mail address or the name of a team, at most ${MAX_OWNER} characters. The plan and the outputs show it; on AWS it is a tag of the target group and the listener too.`,
        examples: ['orders-team@acme.com'],
      },
      labelForm(MAX_OWNER),
    ),
  ),
  description: z.optional(
    text(
      {
        description: `What the target is, in one line of at most ${MAX_DESCRIPTION} characters. The plan and the outputs show it.`,
        examples: ['Orders of all regions'],
      },
      labelForm(MAX_DESCRIPTION),
    ),
  ),
  tags: z.optional(
    tagsSchema(
      "AWS only: tags of the target group and the listener, which are this target's alone. They win over the router's.",
    ),
  ),
};
