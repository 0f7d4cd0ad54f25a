/** What a Terraform template evaluates to, for the templates that the escaping writes; fails on any other expression. */
export function evaluated(template: string): string {
  let out = '';
  let rest = template;
  while (rest !== '') {
    const literal = /^\$\{"([$%[e_]+)"\}/.exec(rest);
    const escaped = /^(\$\$\{|%%\{)/.exec(rest);
    if (escaped !== null) {
      out += rest.slice(1, 3);
      rest = rest.slice(3);
    } else if (literal !== null) {
      out += literal[1];
      rest = rest.slice(literal[0].length);
    } else if (/^[$%]\{/.test(rest)) {
      throw new Error(`an expression is left in ${JSON.stringify(template)}`);
    } else {
      out += rest[0];
      rest = rest.slice(1);
    }
  }
  return out;
}
