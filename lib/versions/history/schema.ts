import { z } from 'zod'
import { versionName } from '../schema'
import { figure } from '../trials/schema'

const versionSummary = versionName.extend({
  parent: versionName.nullable(),
  note: z.string(),
  author: z.string().nullable(),
  /** Frozen then, or saved last. */
  at: z.string(),
  examples: z.object({ good: z.number(), bad: z.number() }),
  released: z.boolean(),
  /** From the newest finished run on dev of its present content. */
  dev: z
    .object({
      runId: z.string(),
      exact: figure,
      countingCloseCalls: figure,
      standIn: z.boolean(),
    })
    .nullable(),
  /** As published on test. */
  test: z
    .object({
      exact: z.number(),
      countingCloseCalls: z.number(),
      n: z.number(),
      /** Its own score; else the best so far stands. */
      own: z.boolean(),
      passed: z.boolean(),
      standIn: z.boolean(),
    })
    .nullable(),
})

export type VersionSummary = z.infer<typeof versionSummary>
