import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/product.ts',
  // One product, one database: tests of one file depend on each other's work, files do not.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  outputDir: '.test/playwright',
  use: {
    viewport: { width: 1440, height: 900 },
    // A button that is not there fails its test at once and not at the end of its time.
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: process.env.CHROMIUM_FLAGS?.split(' ').filter(Boolean),
    },
  },
})
