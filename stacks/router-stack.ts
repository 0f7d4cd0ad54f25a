import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { elementsJson, type TerraformJson } from '../src/constructs';
import { byCloud, type CloudTable, defined, type PlannedRouter } from '../src/model';
import { fillAwsStack } from './aws-router';
import { fillAzureStack } from './azure-router';
import { companionFiles } from './companion-files';
import type { StackContent } from './content';
import type { Output } from './outputs';
import { type FinishOptions, finish } from './terraform-json';

/** What puts a router into its stack, by its cloud. */
const CONTENT: CloudTable<PlannedRouter, [TerraformStack], StackContent> = {
  aws: fillAwsStack,
  azure: fillAzureStack,
};

/** One router as one Terraform configuration with a state of its own, on the cloud that it is for. */
export class RouterStack extends TerraformStack {
  private readonly finishing: FinishOptions;
  private readonly outputs: Readonly<Record<string, Output>>;

  public constructor(scope: Construct, router: PlannedRouter) {
    super(scope, router.deployment);
    const content = byCloud(CONTENT, router, this);
    this.outputs = content.outputs;
    const files = companionFiles(router);
    this.finishing = {
      mark: {
        router: router.name,
        ...defined({ environment: router.env }),
        ...(files.length === 0 ? {} : { files }),
      },
      // `removed` blocks came with 1.7; everything else is older than 1.5.
      requiredVersion: content.forgotten.length === 0 ? '>= 1.5' : '>= 1.7',
      providers: content.providers,
      ...defined({ backend: router.backend }),
      locals: content.literals,
      moved: content.moved,
      forgotten: content.forgotten,
    };
  }

  public override toTerraform(): TerraformJson {
    return finish(elementsJson(this, this.outputs), this.finishing);
  }
}
