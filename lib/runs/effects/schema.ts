import { z } from 'zod'
import { versionName, versionRef } from '@/lib/versions/schema'
import { priceMark } from '../prices/schema'
import { askingEstimate, caseLimit, limitQuery, runStatus } from '../schema'

/** The job that goes through a study; whoever starts one enqueues it after the commit. */
export const EFFECTS_JOB: { readonly name: string; readonly data?: { studyId: string } } = {
  name: 'runs.effects',
}

const effectUnit = z.enum(['example', 'category'])
export type EffectUnit = z.infer<typeof effectUnit>

export const startEffectsInput = z.object({
  unit: effectUnit,
  /** The first labelled cases by random rank; null for all. */
  limit: caseLimit.nullable(),
})
export type StartEffectsInput = z.infer<typeof startEffectsInput>

export const effectEstimateInput = z.object({
  unit: effectUnit,
  limit: limitQuery,
})

export const studyParams = z.object({ version: versionRef, study: z.uuid() })
export const partParams = z.object({ version: versionRef, part: z.uuid() })

const effectSide = z.enum(['fixes', 'breaks'])
export type EffectSide = z.infer<typeof effectSide>

export const effectCasesInput = z.object({
  side: effectSide,
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})
export type EffectCasesInput = z.infer<typeof effectCasesInput>

/** What a look at the examples would take. */
const effectEstimate = askingEstimate.extend({
  /** Times the cases are asked again. */
  parts: z.number(),
  /** Labelled cases that each of them asks. */
  cases: z.number(),
  /** Cases of the version's own run where that must be made first; 0 where there is one. */
  baseCases: z.number(),
  calls: z.number(),
})
export type EffectEstimate = z.infer<typeof effectEstimate>

const effectCounts = z.object({
  /** Labelled cases that were asked with and without. */
  n: z.number(),
  /** Right with, wrong without. */
  fixes: z.number(),
  /** Wrong with, right without. */
  breaks: z.number(),
})
export type EffectCounts = z.infer<typeof effectCounts>

const effectVerdict = z.enum(['helps', 'hurts', 'changes nothing', 'too few to tell'])
export type EffectVerdict = z.infer<typeof effectVerdict>

const effectExample = z.object({
  id: z.string(),
  kind: z.enum(['good', 'bad']),
  /** The right category, by name. */
  label: z.string(),
  wrongLabel: z.string().nullable(),
  text: z.string(),
})
export type EffectExample = z.infer<typeof effectExample>

const effectPart = z.object({
  id: z.string(),
  examples: z.array(effectExample),
  tokens: z.number(),
  /** Millionths of a dollar that these tokens add to 1,000 cases; null where the price is not known. */
  costPerThousand: z.number().nullable(),
  /** Null until its run is done. */
  result: effectCounts.extend({ verdict: effectVerdict }).nullable(),
})
export type EffectPart = z.infer<typeof effectPart>

const effectStudy = z.object({
  id: z.string(),
  unit: effectUnit,
  status: runStatus,
  message: z.string().nullable(),
  /** False where the draft has been changed since. */
  current: z.boolean(),
  standIn: z.boolean(),
  /** Some cases may have been asked beside other similar examples than in the run with all examples. */
  similarMayDiffer: z.boolean(),
  /** The version's own run is still at work: its progress. */
  waitsFor: z.object({ done: z.number(), items: z.number() }).nullable(),
  /** Labelled cases that each part asks. */
  cases: z.number(),
  /** Answers so far, and wanted in all. */
  done: z.number(),
  items: z.number(),
  /** Calls that failed for good. */
  failed: z.number(),
  ratePerMinute: z.number().nullable(),
  timeLeftMs: z.number().nullable(),
  /** Millionths of a dollar, so far; null where the price was not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** What it would take to go on from where it ended; null where that can't be done. */
  toGoOn: z
    .object({
      /** Parts that are measured and stay as they are. */
      kept: z.number(),
      /** Answers that are still to be asked for. */
      calls: z.number(),
      /** Millionths of a dollar, by what the answers so far cost; null where there is no telling. */
      cost: z.number().nullable(),
    })
    .nullable(),
  /** With all examples, on the cases of the study. */
  whole: z.object({ right: z.number(), n: z.number() }),
  parts: z.array(effectPart),
})
export type EffectStudyView = z.infer<typeof effectStudy>

const effectsView = z.object({
  version: versionName,
  /** Examples in use now, and how they would be left out. */
  examples: z.number(),
  suggestedUnit: effectUnit,
  /** Cases of dev, and how many of them have a final label: only these are asked. */
  devCases: z.number(),
  labelledDevCases: z.number(),
  /** A study is under way, or the newest one. */
  study: effectStudy.nullable(),
})
export type EffectsView = z.infer<typeof effectsView>

/** A case that some examples decide; dev only. */
const effectCase = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  label: z.string(),
  /** Null: no valid label. */
  withLabel: z.string().nullable(),
  withoutLabel: z.string().nullable(),
})
export type EffectCase = z.infer<typeof effectCase>

const effectCasePage = z.object({
  cases: z.array(effectCase),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})
export type EffectCasePage = z.infer<typeof effectCasePage>

export type StartedStudy = { id: string }
