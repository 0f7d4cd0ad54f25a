/** What an expression of GitHub Actions can name. */
export type Scope = Readonly<Record<string, unknown>>;

/** GitHub's expressions are JavaScript's, but that what is missing is empty and names may have a hyphen. */
function translated(expression: string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((part) =>
      part.startsWith("'")
        ? JSON.stringify(part.slice(1, -1).replaceAll("''", "'"))
        : part.replace(/([A-Za-z_]\w*)((?:\.[\w-]+)+)/g, (_, head: string, names: string) =>
            names
              .slice(1)
              .split('.')
              .reduce((code, name) => `${code}?.[${JSON.stringify(name)}]`, head),
          ),
    )
    .join('');
}

/** The value of an expression, without its `${{ }}`. */
function evaluate(expression: string, scope: Scope): unknown {
  return new Function(...Object.keys(scope), `return (${translated(expression.trim())});`)(...Object.values(scope));
}

/** A text with its expressions filled in. */
export function interpolate(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const value = evaluate(expression, scope);
    return value === undefined || value === null ? '' : String(value);
  });
}

/** The value of a field: an expression alone keeps its type. */
export function fieldValue(text: unknown, scope: Scope): unknown {
  if (typeof text !== 'string') return text;
  const [, alone] = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text.trim()) ?? [];
  return alone === undefined ? interpolate(text, scope) : evaluate(alone, scope);
}
