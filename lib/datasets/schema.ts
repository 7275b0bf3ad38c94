import { z } from 'zod'
import { versionName, versionRef } from '@/lib/versions/schema'

const labelSource = z.enum(['imported', 'review', 'agreement', 'settled'])

const categoryBalance = z.object({
  id: z.string(),
  name: z.string(),
  /** No longer a category of the project, but some cases still have this label. */
  archived: z.boolean(),
  /** Final labels of current cases. */
  n: z.number(),
  bySource: z.record(labelSource, z.number()),
})

const trainingDataView = z.object({
  categoryWord: z.string(),
  targetPerCategory: z.number(),
  categories: z.array(categoryBalance),
  /** Current cases with and without a final label. */
  labelled: z.number(),
  unlabelled: z.number(),
  /** Of the labelled ones: confirmed in bulk, unread. */
  bulkConfirmed: z.number(),
  /** Rows of the downloads of final labels, for this member. */
  exportRows: z.number(),
  /** Whether those hold the test pool. */
  withTest: z.boolean(),
  /** What is recognised of personal data is replaced in downloads unless one asks otherwise. */
  redactPersonalData: z.boolean(),
  /** Versions with a workbook, the newest first, and the rows of its dev sheet. */
  workbooks: z.array(z.object({ version: versionName, rows: z.number(), standIn: z.boolean() })),
})

/** Whether what is recognised of personal data is replaced in a download; left out: as the project has it. */
const personalData = z.enum(['replaced', 'kept'])

export const labelsQuery = z.object({ personalData: personalData.optional() })

export const workbookQuery = labelsQuery.extend({ version: versionRef })

export type PersonalData = z.infer<typeof personalData>
export type LabelSource = z.infer<typeof labelSource>
export type CategoryBalance = z.infer<typeof categoryBalance>
export type TrainingDataView = z.infer<typeof trainingDataView>
