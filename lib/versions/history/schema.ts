import { z } from 'zod'
import { devAccuracy, publishedScore } from '@/lib/accuracy/schema'
import { versionName } from '../schema'

const versionSummary = versionName.extend({
  parent: versionName.nullable(),
  note: z.string(),
  author: z.string().nullable(),
  /** Frozen then, or saved last. */
  at: z.string(),
  examples: z.object({ good: z.number(), bad: z.number() }),
  released: z.boolean(),
  /** As the accuracy page has them. */
  dev: devAccuracy.nullable(),
  test: publishedScore.nullable(),
})

export type VersionSummary = z.infer<typeof versionSummary>
