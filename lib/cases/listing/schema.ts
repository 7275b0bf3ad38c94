import { z } from 'zod'

const openPool = z.enum(['example', 'dev'])
export const caseStatus = z.enum([
  'waiting_for_pool',
  'waiting_for_review',
  'reviewed',
  'quarantined',
])
export type CaseStatus = z.infer<typeof caseStatus>

/** Everything but `q` and `after` is for those who may see labels, and ignored for others. */
export const caseFilter = z.object({
  /** Part of the text, subject or external id. */
  q: z.string().trim().max(200).optional(),
  pool: openPool.optional(),
  /** Category of the final label. */
  category: z.uuid().optional(),
  /** The released version's answer against the final label. */
  verdict: z.enum(['right', 'wrong']).optional(),
  close: z.literal('yes').optional(),
  status: caseStatus.optional(),
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})
export type CaseFilter = z.infer<typeof caseFilter>

const caseRow = z.object({
  id: z.string(),
  externalId: z.string(),
  subject: z.string(),
  occurredAt: z.string().nullable(),
  messages: z.number(),
  /** Null for those who may not see labels. */
  facts: z
    .object({
      pool: openPool.nullable(),
      status: caseStatus,
      label: z.string().nullable(),
      secondLabel: z.string().nullable(),
      /** The released version's label; only beside a final label. */
      suggested: z.string().nullable(),
      /** Null without a final label or without an answer of the released version. */
      right: z.boolean().nullable(),
      standIn: z.boolean(),
    })
    .nullable(),
})
export type CaseRow = z.infer<typeof caseRow>

const casePage = z.object({
  rows: z.array(caseRow),
  /** The last case of this page; null at the end. */
  next: z.string().nullable(),
})
export type CasePage = z.infer<typeof casePage>

/** How many current cases there are of each kind. */
const caseCounts = z.object({
  example: z.number(),
  dev: z.number(),
  test: z.number(),
  waiting: z.number(),
  quarantined: z.number(),
})
export type CaseCounts = z.infer<typeof caseCounts>
