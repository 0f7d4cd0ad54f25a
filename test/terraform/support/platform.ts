/** This machine as Terraform names it, `linux_amd64`. */
export function platform(): string {
  const systems: Readonly<Record<string, string>> = { win32: 'windows' };
  const processors: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
  return `${systems[process.platform] ?? process.platform}_${processors[process.arch] ?? process.arch}`;
}
