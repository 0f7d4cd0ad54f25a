import { atlantis } from './atlantis';
import { azureDevops } from './azure-devops';
import { githubActions } from './github-actions';
import type { Pipeline, PipelineFile, PipelineKind } from './pipeline';
import { spacelift } from './spacelift';

export { packageFiles } from './package-files';
export {
  PIPELINES,
  type Pipeline,
  type PipelineEnvironment,
  type PipelineFile,
  type PipelineKind,
  PLAIN_TEXT,
} from './pipeline';

const WRITERS: Readonly<Record<PipelineKind, (pipeline: Pipeline) => readonly PipelineFile[]>> = {
  spacelift,
  atlantis,
  'github-actions': githubActions,
  'azure-devops': azureDevops,
};

/** The files with which a product checks, plans and applies every router of an inventory. Same pipeline, same bytes. */
export function pipelineFiles(kind: PipelineKind, pipeline: Pipeline): readonly PipelineFile[] {
  return WRITERS[kind](pipeline);
}
