import type { PipelineFile } from './pipeline';

/** What a repository needs so that a pipeline can install this program; written only where there is none. */
export function packageFiles(version: string): readonly PipelineFile[] {
  const manifest = {
    name: 'privatelink-routers',
    private: true,
    dependencies: { 'privatelink-router': version },
  };
  return [
    { path: 'package.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: '.gitignore', text: 'node_modules/\ncdktf.out/\n.terraform/\n*.tfstate\n*.tfstate.*\n' },
  ];
}
