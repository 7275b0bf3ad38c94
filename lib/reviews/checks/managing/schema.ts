import { z } from 'zod'

/** All of them are looked at when one is picked, so a project has a bounded number. */
export const MOST_CHECK_CASES = 500

const reason = z
  .string()
  .max(1_000, 'A reason has at most 1,000 characters.')
  .transform((text) => text.replaceAll('\u0000', '').trim())

/** One case by its id, or so many by random rank of those that could be. */
export const newChecks = z.union(
  [
    z.strictObject({ caseId: z.uuid(), reason: reason.default('') }),
    z.strictObject({ count: z.number().int().min(1).max(100) }),
  ],
  'Give a case with a reason, or a number from 1 to 100.',
)

export const checkParams = z.object({ case: z.uuid('Not a case.') })
export const trainingParams = z.object({ user: z.uuid('Not a person.') })
export const checkChange = z.object({ reason })

const unusable = z.enum(['no_known_answer', 'one_review', 'replaced', 'quarantined'])

const checkView = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  /** The known answer; null where there is none any more, or while this person is asked for theirs. */
  label: z.string().nullable(),
  secondLabel: z.string().nullable(),
  source: z.enum(['imported', 'review', 'agreement', 'settled']).nullable(),
  /** Why it is not handed out now; null: it is. */
  unusable: unusable.nullable(),
  reason: z.string(),
  /** Null for someone who is gone. */
  addedBy: z.string().nullable(),
  addedAt: z.string(),
  /** People asked, and those of them right. */
  answered: z.number(),
  right: z.number(),
})

const checkList = z.object({
  checks: z.array(checkView),
  /** Cases that could become check cases too. */
  eligible: z.number(),
})

/** A case as a check case: what it is now, or what it lacks to become one. */
const checkState = z.object({
  isCheck: z.boolean(),
  reason: z.string(),
  /** Why it can't be used as one; null: it can. */
  unusable: unusable.nullable(),
})

export type NewChecks = z.infer<typeof newChecks>
export type CheckChange = z.infer<typeof checkChange>
export type Unusable = z.infer<typeof unusable>
export type CheckView = z.infer<typeof checkView>
export type CheckList = z.infer<typeof checkList>
export type CheckState = z.infer<typeof checkState>
export type ChecksAdded = { added: number }
