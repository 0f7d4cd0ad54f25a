import { CHECK_JSONSCHEMA, MOTO, prepareTool, TOOLS_CACHE } from './python-tools';

// Before `npm test`: what tests need of Python's registry comes into .cache, once. Where it cannot be had the tests that need it
// are skipped and named at the end; with REQUIRE_TERRAFORM=1 that is a failure.
for (const tool of [MOTO, CHECK_JSONSCHEMA]) {
  const prepared = prepareTool(tool, TOOLS_CACHE);
  if (!prepared.ready) {
    console.error(`${tool.requirement} is not prepared: ${prepared.why}`);
    if (process.env.REQUIRE_TERRAFORM === '1') process.exitCode = 1;
  } else if (prepared.made) console.log(`${tool.requirement} is prepared in .cache/${tool.folder}`);
}
