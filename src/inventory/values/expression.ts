/** How the templates of Terraform, shells, GitHub, Azure DevOps, Helm and Jinja begin. */
const OPENING = /\$\{\{?|%\{|\{\{|\$\((?=[A-Za-z_])/;

/** What stands in an expression that can be shown: names and dots, nothing that could be a secret. */
const PLAIN = /^(?:\$\{\{?|%\{|\{\{|\$\()[ ]?[A-Za-z_][\w. -]{0,40}(?:\}\}?|\))/;

/** The first expression of a text as a message shows it, or undefined where there is none. What is not plain is left out. */
export function expressionIn(text: string): string | undefined {
  const found = OPENING.exec(text);
  if (found === null) return undefined;
  return PLAIN.exec(text.slice(found.index))?.[0] ?? `${found[0]}…`;
}
