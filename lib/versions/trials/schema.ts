import { z } from 'zod'
import { priceMark } from '@/lib/runs/prices/schema'
import { runStatus } from '@/lib/runs/schema'
import { promptContent } from '../rendering/schema'
import { versionName } from '../schema'

export const interval = z.object({ low: z.number(), high: z.number() })

/** A share of right cases, 0..1, with its 95 % Wilson interval; `rate` is null without cases. */
export const figure = interval.extend({
  right: z.number(),
  n: z.number(),
  rate: z.number().nullable(),
})

export const verdict = z.enum(['better', 'worse', 'cannot tell yet'])

/** New against old on the same cases; see `judgeTrial` for the sources of its figures. */
const judgement = z.object({
  n: z.number(),
  onlyOld: z.number(),
  onlyNew: z.number(),
  verdict,
  gain: z.number(),
  interval,
  midP: z.number(),
  moreCases: z.number().nullable(),
})

/** A run on dev. */
export const devRun = z.object({
  id: z.string(),
  status: runStatus,
  standIn: z.boolean(),
  /** Cases that have an answer, or whose call failed for good. */
  done: z.number(),
  items: z.number(),
  caseLimit: z.number().nullable(),
  /** Millionths of a dollar; null where the price was not known. */
  costPerThousand: z.number().nullable(),
  priced: priceMark.nullable(),
  /** Input and output together. */
  tokensPerThousand: z.number().nullable(),
  /** Milliseconds that half and 95 % of the calls took at most; null without calls. */
  latency: z.object({ median: z.number(), p95: z.number() }).nullable(),
  /** The content was pinned then. */
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})

/** `current`: its content is what the version says now. */
const trialRun = devRun.extend({ current: z.boolean() })

/** Labels that differ between two finished, identical runs. */
const flips = z.object({ n: z.number(), flipped: z.number() })

/** A case on which the two differ; dev only. */
const differingCase = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  labelId: z.string(),
  secondLabelId: z.string().nullable(),
  oldLabelId: z.string().nullable(),
  newLabelId: z.string().nullable(),
})

/** Both sides on the cases they share. */
const trialResult = z.object({
  standIn: z.boolean(),
  /** Shared cases that have a final label and are neither an example of one of the two nor near one. */
  n: z.number(),
  exact: z.object({ draft: figure, parent: figure, judgement }),
  countingCloseCalls: z.object({ draft: figure, parent: figure, judgement }),
  categories: z.array(
    judgement.extend({
      categoryId: z.string(),
      name: z.string(),
      draftRight: z.number(),
      parentRight: z.number(),
      verdict: z.enum(['better', 'worse', 'cannot tell yet', 'too few to tell']),
    }),
  ),
})

const trialView = z.object({
  version: versionName,
  parent: versionName.nullable(),
  /** 0..1 */
  targetAccuracy: z.number(),
  /** Cases of dev, and how many of them have a final label: only these can tell anything. */
  devCases: z.number(),
  labelledDevCases: z.number(),
  /** The newest finished run on dev (of identical ones the first), else the newest of all. */
  draftRun: trialRun.nullable(),
  parentRun: trialRun.nullable(),
  /** The draft's newest identical run, where there is one: how much is chance. */
  repeatRun: trialRun.nullable(),
  /** Between the first two identical runs of each; null before there are two. */
  draftFlips: flips.nullable(),
  parentFlips: flips.nullable(),
  /** Versions made from the same parent that were run on dev, this one and discarded ones too. */
  tried: z.number(),
  /** The draft alone, where there is nothing to compare with. */
  alone: z.object({ exact: figure, countingCloseCalls: figure }).nullable(),
  result: trialResult.nullable(),
})

const side = z.enum(['fixed', 'broken'])

export const trialCasesInput = z.object({
  side,
  category: z.uuid().optional(),
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})

const trialCasePage = z.object({
  cases: z.array(differingCase),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})

/** What the draft said when its trial was started. */
const pinnedContent = z.object({ content: promptContent, startedAt: z.string() })

export type Figure = z.infer<typeof figure>
export type DevRun = z.infer<typeof devRun>
export type Flips = z.infer<typeof flips>
export type Side = z.infer<typeof side>
export type TrialCasesInput = z.infer<typeof trialCasesInput>
export type TrialCasePage = z.infer<typeof trialCasePage>
export type PinnedContent = z.infer<typeof pinnedContent>
export type TrialRun = z.infer<typeof trialRun>
export type DifferingCase = z.infer<typeof differingCase>
export type TrialResult = z.infer<typeof trialResult>
export type TrialView = z.infer<typeof trialView>
