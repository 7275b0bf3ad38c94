import { z } from 'zod'
import { figure } from '@/lib/accuracy/schema'
import { priceMark } from '../prices/schema'
import { askingEstimate, outage, runStatus, startRunInput } from '../schema'

const verdict = z.enum(['right', 'wrong', 'unsure'])
export type Verdict = z.infer<typeof verdict>

/** Who judges: a model by its id, and the version whose rules and descriptions it reads. */
const judgeChoice = {
  modelId: z.string().trim().min(1, 'Name a model.').max(300),
  versionId: z.uuid(),
}

export const startJudgingInput = z.object({
  ...judgeChoice,
  costLimit: startRunInput.shape.costLimit,
  callLimit: startRunInput.shape.callLimit,
})
export type StartJudgingInput = z.input<typeof startJudgingInput>

export const judgingEstimateInput = z.object(judgeChoice)
export type JudgingEstimateInput = z.infer<typeof judgingEstimateInput>

const judgingEstimate = askingEstimate.extend({
  /** Suggestions with a valid label: the others count as wrong already and are not asked about. */
  cases: z.number(),
})
export type JudgingEstimate = z.infer<typeof judgingEstimate>

/** What the judge said of suggestions that people's labels say are right or wrong. */
const againstPeople = z.object({
  /** Judged "right" or "wrong", of cases with a final label, none of them near an example. */
  n: z.number(),
  table: z.object({
    rightCalledRight: z.number(),
    rightCalledWrong: z.number(),
    wrongCalledRight: z.number(),
    wrongCalledWrong: z.number(),
  }),
  /** Left out of the table. */
  unsure: z.number(),
  agreement: figure,
  /** Null where chance explains everything. */
  kappa: z.number().nullable(),
  kappaInterval: z.object({ low: z.number(), high: z.number() }).nullable(),
  ac1: z.number().nullable(),
  /** Of wrong suggestions, those that it calls wrong. */
  wrongFound: figure,
  /** Of right suggestions, those that it calls wrong. */
  rightCalledWrong: figure,
})
export type AgainstPeople = z.infer<typeof againstPeople>

const judging = z.object({
  id: z.string(),
  modelId: z.string(),
  versionId: z.string(),
  versionNumber: z.number().nullable(),
  standIn: z.boolean(),
  status: runStatus,
  message: z.string().nullable(),
  items: z.number(),
  done: z.number(),
  failed: z.number(),
  /** Millionths of a dollar, so far; null where the price of the model is not known. */
  cost: z.number().nullable(),
  /** Millionths of a dollar. */
  costLimit: z.number().nullable(),
  calls: z.number(),
  callLimit: z.number().nullable(),
  outage: outage.nullable(),
  priced: priceMark.nullable(),
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  counts: z.object({
    right: z.number(),
    wrong: z.number(),
    unsure: z.number(),
    /** No verdict could be read: missing, refused, cut off or failed. */
    none: z.number(),
  }),
  people: againstPeople,
})
export type Judging = z.infer<typeof judging>

const secondOpinion = z.object({
  /** Suggestions that a judge can be asked about. */
  judgeable: z.number(),
  /** What judges the run where nobody chooses otherwise. */
  usual: z.object(judgeChoice),
  /** The newest first. */
  judges: z.array(judging),
})
export type SecondOpinion = z.infer<typeof secondOpinion>

export const judgeParams = z.object({ run: z.uuid('Not a run.'), judge: z.uuid('Not a run.') })

export const judgedCasesInput = z.object({
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})
export type JudgedCasesInput = z.infer<typeof judgedCasesInput>

/** A suggestion that the judge calls wrong. */
const judgedCase = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  suggested: z.string(),
  /** What the judge would say; null where it named no other category. */
  better: z.string().nullable(),
  reason: z.string(),
  /** The final label; null where there is none yet. */
  label: z.string().nullable(),
})
export type JudgedCase = z.infer<typeof judgedCase>

const judgedCasePage = z.object({
  cases: z.array(judgedCase),
  /** Further ones that this person may still be asked about. */
  hidden: z.number(),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})
export type JudgedCasePage = z.infer<typeof judgedCasePage>
