import { z } from 'zod'
import { devAccuracy, publishedScore } from '@/lib/accuracy/schema'
import { versionName } from '../schema'

const versionSummary = versionName.extend({
  parent: versionName.nullable(),
  /** The version it hangs on in the tree: its parent, or, where that was discarded, the next before it. */
  under: z.string().nullable(),
  note: z.string(),
  /** One line of what is different from the parent: the note, or in its absence what was counted. */
  changed: z.string(),
  author: z.string().nullable(),
  /** Frozen then, or saved last. */
  at: z.string(),
  examples: z.object({ good: z.number(), bad: z.number() }),
  released: z.boolean(),
  /** As the accuracy page has them. */
  dev: devAccuracy.nullable(),
  test: publishedScore.nullable(),
})

const discardedDraft = versionName.extend({
  parent: versionName.nullable(),
  changed: z.string(),
  discardedBy: z.string().nullable(),
  discardedAt: z.string(),
})

export type DiscardedDraft = z.infer<typeof discardedDraft>
export type VersionSummary = z.infer<typeof versionSummary>
