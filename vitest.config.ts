import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const FILES = '{lib,local,components,app,prisma,scripts}/**/*'
const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') }

export default defineConfig({
  resolve: { alias },
  test: {
    globalSetup: ['./lib/platform/testing/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${FILES}.test.{ts,tsx,mjs}`, '*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: [`${FILES}.db.test.ts`],
          setupFiles: ['./lib/platform/testing/database-setup.ts'],
        },
      },
    ],
  },
})
