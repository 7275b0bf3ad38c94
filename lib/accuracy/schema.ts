import { z } from 'zod'
import { NO_VALID_LABEL } from '@/lib/accuracy/rules'
import { versionName } from '@/lib/versions/schema'

/** A share of cases with its 95 % Wilson interval; `rate` is null where there are no cases. */
export const figure = z.object({
  right: z.number(),
  n: z.number(),
  rate: z.number().nullable(),
  low: z.number(),
  high: z.number(),
})

/** What one run on dev says about its version. */
export const devAccuracy = z.object({
  runId: z.string(),
  standIn: z.boolean(),
  finishedAt: z.string().nullable(),
  /** The run took the first N of dev by random rank; null for all. */
  caseLimit: z.number().nullable(),
  exact: figure,
  countingCloseCalls: figure,
  /** Exact accuracy over the cases that got a valid label. */
  exactOverValid: figure,
  withoutValidLabel: z.number(),
  /** Cases of the run that have no final label yet. */
  unlabelled: z.number(),
})

/** What the locked test pool has published for a version: nothing else ever leaves it. */
export const publishedScore = z.object({
  exact: figure,
  countingCloseCalls: figure,
  standIn: z.boolean(),
  /** False: its own gain was too small to be told from chance, so the best score so far is shown. */
  own: z.boolean(),
  /** Whose score is shown where it is not its own. */
  from: versionName.nullable(),
})

/** How often people gave the label that was suggested to them. Not accuracy: the suggestion sways. */
const agreementInView = figure.extend({ standIn: z.boolean() })

/** How often two people gave the same label to the same case, beside what chance would bring. */
const pairAgreement = figure.extend({
  /** Cohen's κ and Gwet's AC1; null where chance explains everything. */
  kappa: z.number().nullable(),
  ac1: z.number().nullable(),
})

const agreementOfPeople = z.object({
  /** Pairs in which either called it close, and all others. */
  closeCalls: pairAgreement,
  others: pairAgreement,
  /** Below this many pairs a figure reads "too few to tell". */
  leastPairs: z.number(),
})

const versionAccuracy = z.object({
  version: versionName,
  note: z.string(),
  released: z.boolean(),
  dev: devAccuracy.nullable(),
  test: publishedScore.nullable(),
  /** Of the stand-in and of a model apart, should both have been shown. */
  agreement: z.array(agreementInView),
})

const verdict = z.object({
  version: versionName,
  /** The run on dev that it rests on. */
  runId: z.string(),
  released: z.boolean(),
  standIn: z.boolean(),
  verdict: z.enum(['good enough', 'not good enough', 'cannot tell yet']),
  exact: figure,
  /** Labelled dev cases still wanted if the rate stays; null where no number would decide. */
  moreCases: z.number().nullable(),
  /** Cases of the same run that only wait for their label. */
  unlabelled: z.number(),
})

const accuracyView = z.object({
  /** 0..1 */
  targetAccuracy: z.number(),
  /** Null while nothing is released. */
  released: versionName.nullable(),
  /** On the released version, else on the newest that was measured; null while none was. */
  verdict: verdict.nullable(),
  /** In order of their numbers, drafts last; versions of which nothing is known are left out. */
  versions: z.array(versionAccuracy),
  people: agreementOfPeople,
})

const matrixCell = z.object({
  answerId: z.string().nullable(),
  count: z.number(),
  share: z.number(),
  right: z.boolean(),
})

const matrixView = z.object({
  runId: z.string(),
  version: versionName,
  standIn: z.boolean(),
  /** Names by category id. */
  names: z.record(z.string(), z.string()),
  /** Below this many cases a category's figure reads "too few to tell". */
  minCategoryCases: z.number(),
  answerIds: z.array(z.string().nullable()),
  rows: z.array(
    z.object({
      finalId: z.string(),
      n: z.number(),
      right: z.number(),
      cells: z.array(matrixCell),
    }),
  ),
  columnTotals: z.array(z.number()),
  n: z.number(),
  right: z.number(),
})

export const matrixQueryInput = z.object({ run: z.uuid() })

export const cellQueryInput = z.object({
  run: z.uuid(),
  final: z.uuid(),
  /** A category's id, or "none" for no valid label. */
  answer: z
    .union([z.literal(NO_VALID_LABEL), z.uuid()])
    .transform((answer) => (answer === NO_VALID_LABEL ? null : answer)),
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})

const cellCases = z.object({
  rows: z.array(
    z.object({
      caseId: z.string(),
      externalId: z.string(),
      subject: z.string(),
      /** Called a close call, with this second choice. */
      secondLabel: z.string().nullable(),
    }),
  ),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})

export type DevAccuracy = z.infer<typeof devAccuracy>
export type PublishedScore = z.infer<typeof publishedScore>
export type AgreementInView = z.infer<typeof agreementInView>
export type VersionAccuracy = z.infer<typeof versionAccuracy>
export type PairAgreementView = z.infer<typeof pairAgreement>
export type AgreementOfPeople = z.infer<typeof agreementOfPeople>
export type Verdict = z.infer<typeof verdict>
export type AccuracyView = z.infer<typeof accuracyView>
export type MatrixView = z.infer<typeof matrixView>
export type CellQuery = z.output<typeof cellQueryInput>
export type CellCases = z.infer<typeof cellCases>
export type FigureView = z.infer<typeof figure>
