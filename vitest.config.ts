import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Synthesis loads the providers' classes and Terraform starts processes; each test that waits says for how long.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
