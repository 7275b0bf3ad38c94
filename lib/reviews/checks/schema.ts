import { z } from 'zod'
import type { Mode } from '../labels/schema'

/** An assignment to make for one person alone. */
export type NewPersonal = {
  caseId: string
  purpose: 'check_case' | 'repeat'
  /** Shown only where the set-up in force has something to show. */
  mode: Mode
  /** The case's pool. */
  frame: string
  rank: number
}

/** How far a newcomer is with the check cases that come before real work. */
const training = z.object({
  /** Only check cases are handed out until they are passed. */
  needed: z.boolean(),
  /** Check cases answered so far. */
  answered: z.number(),
  /** Those right among the last `wanted` answers. */
  right: z.number(),
  wanted: z.number(),
  /** Per cent of the last `wanted` answers that must be right. */
  pass: z.number(),
})

/** What a person is told after a check case. */
export const check = z.object({
  /** A second choice of the known answer counts as right. */
  right: z.boolean(),
  /** The known answer, by name. */
  label: z.string(),
  secondLabel: z.string().nullable(),
  /** Why the answer is what it is; empty where nobody wrote it down. */
  reason: z.string(),
})

export type Training = z.infer<typeof training>
export type Check = z.infer<typeof check>
