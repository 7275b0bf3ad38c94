import { z } from 'zod'
import { replacements } from '@/lib/cases/redaction/schema'
import { pool } from '@/lib/cases/schema'
import { batchJobView, batchStage, mode } from './batches/schema'
import { DEFAULT_LIMIT, MOST_CASES, MOST_REPEATS } from './limits/rules'
import { priceMark } from './prices/schema'

/** The job that labels a run; whoever makes a run enqueues it after the commit. */
export const LABEL_JOB: { readonly name: string; readonly data?: { runId: string } } = {
  name: 'runs.label',
}

export const caseLimit = z.number().int().min(1).max(MOST_CASES)

export const runStatus = z.enum([
  'queued',
  'running',
  'paused',
  'stopping',
  'stopped',
  'done',
  'failed',
])
export type RunStatus = z.infer<typeof runStatus>

const suggestionStatus = z.enum([
  'parsed',
  'repaired',
  'off_list',
  'missing',
  'absent',
  'refused',
  'cut_off',
  'failed',
])
export type SuggestionStatus = z.infer<typeof suggestionStatus>

/** Which cases of a pool: the first `limit` by random rank, null for all. */
const caseChoice = {
  pool,
  limit: caseLimit.nullable().default(DEFAULT_LIMIT),
}

/** Identical runs that are started together. */
export const repeats = z.number().int().min(1).max(MOST_REPEATS)

/** Millionths of a dollar: up to a million dollars. */
const costLimit = z.number().int().min(1).max(1e12)
const callLimit = z.number().int().min(1).max(100_000_000)

/** What a run may spend, and how fast it is to be; null: no limit, no promise. */
const runLimits = {
  costLimit: costLimit.nullable().default(null),
  callLimit: callLimit.nullable().default(null),
  targetPerHour: z.number().int().min(1).max(100_000_000).nullable().default(null),
}

export const startRunInput = z.object({
  versionId: z.uuid(),
  ...caseChoice,
  ...runLimits,
  repeats: repeats.optional(),
  mode: mode.optional(),
})
export type StartRunInput = z.input<typeof startRunInput>

export const startTestRunInput = z.object({ setupId: z.uuid() })

/** A run goes on with the limits it had, or with those that are named. */
export const resumeInput = z.object({
  costLimit: costLimit.nullable().optional(),
  callLimit: callLimit.nullable().optional(),
})
export type ResumeInput = z.infer<typeof resumeInput>

export const runParams = z.object({ run: z.uuid('Not a run.') })

export type StartedRun = { id: string }

/** Query strings hold only text: `limit` is a number or "all". */
export const limitQuery = z.union([
  z.literal('all').transform(() => null),
  z.coerce.number().pipe(caseLimit),
])
export const estimateInput = z.object({
  versionId: z.uuid(),
  pool,
  limit: limitQuery.default(DEFAULT_LIMIT),
  mode: mode.optional(),
})
export type EstimateInput = z.output<typeof estimateInput>

/** What asking a model would take, whatever it is asked for. */
export const askingEstimate = z.object({
  modelId: z.string(),
  standIn: z.boolean(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Millionths of a dollar; null where the price of the model is not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
  durationMs: z.number(),
  /** Whether a former run of this model was measured, or the duration is a guess. */
  measured: z.boolean(),
  /** Why this can't be done at all. */
  obstacle: z.string().nullable(),
})

/** Of the same cases asked either way, in millionths of a dollar; null where that is not known. */
export const costsEitherWay = z.object({
  onDemand: z.number().nullable(),
  /** Null, too, where they are too few for a batch job. */
  batch: z.number().nullable(),
  /** On demand the fixed part is read from the prompt cache; in a batch job it never is. */
  cached: z.boolean(),
})

const runEstimate = askingEstimate.extend({
  cases: z.number(),
  calls: z.number(),
  costs: costsEitherWay,
  /** Those of them that this version, as it stands, has given no suggestion yet. */
  unlabelled: z.number(),
  /** Cases that are too long for the model's window: their middle will be left out. */
  cut: z.number(),
  /** As batch jobs: their records, those of the first, and the hours they may take; null: on demand. */
  batch: z.object({ records: z.number(), first: z.number(), hours: z.number() }).nullable(),
  /** A batch job was asked for, but there are too few cases: they will be asked on demand. */
  tooFew: z.boolean(),
})
export type RunEstimate = z.infer<typeof runEstimate>

const runOptions = z.object({
  versions: z.array(
    z.object({
      id: z.string(),
      number: z.number().nullable(),
      note: z.string(),
      updatedAt: z.string(),
      /** Why it can't be run as a batch job; null: it can. */
      batchObstacle: z.string().nullable(),
    }),
  ),
  /** Records that a batch job has at least. */
  leastRecords: z.number(),
  /** Cases that can run, by pool. */
  cases: z.object({ example: z.number(), dev: z.number() }),
  /** Cases that still wait for their pool. */
  waiting: z.number(),
  /** The accuracy that the project wants, 0..1. */
  target: z.number(),
})
export type RunOptions = z.infer<typeof runOptions>

/** One count for each status. */
const statusCounts = z.record(suggestionStatus, z.number())
export type StatusCounts = z.infer<typeof statusCounts>

const runSummary = z.object({
  id: z.string(),
  versionId: z.string(),
  /** Null for a draft. */
  versionNumber: z.number().nullable(),
  versionNote: z.string(),
  setupId: z.string(),
  /** In what it departs from the version, in a few words; empty: in nothing. */
  departures: z.string(),
  /** What it was made for; null: for itself. */
  experiment: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Shared by identical runs that were started together. */
  seriesId: z.string().nullable(),
  pool,
  caseLimit: z.number().nullable(),
  /** Only cases that it had not labelled before. */
  onlyUnlabelled: z.boolean(),
  /** Takes cases one by one, as they arrive, and never ends. */
  standing: z.boolean(),
  /** How its set-up asks. */
  mode,
  status: runStatus,
  message: z.string().nullable(),
  modelId: z.string(),
  standIn: z.boolean(),
  contentHash: z.string(),
  items: z.number(),
  done: z.number(),
  failed: z.number(),
  /** Millionths of a dollar, so far; null where the price was not known when it was made. */
  cost: z.number().nullable(),
  /** What it cost by. */
  priced: priceMark.nullable(),
  statuses: statusCounts,
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** How long it was at work, without its pauses; null while it is, as that changes all the time. */
  workedMs: z.number().nullable(),
})
export type RunSummary = z.infer<typeof runSummary>

/** Since when Bedrock can't be reached, or is too busy for any call, and when it is tried again. */
export const outage = z.object({
  kind: z.enum(['unreachable', 'busy']),
  since: z.string(),
  nextTryAt: z.string(),
})
export type Outage = z.infer<typeof outage>

const runView = runSummary.extend({
  calls: z.number(),
  /** Tries that brought no answer: turned away, timed out or failed. */
  retries: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  /** Calls that may have been paid for twice. */
  doubtful: z.number(),
  packSize: z.number(),
  /** Times that a case was missing from its pack, or stood in it several times. */
  packing: z.object({ absent: z.number(), duplicate: z.number() }),
  /** Millionths of a dollar. */
  costLimit: z.number().nullable(),
  callLimit: z.number().nullable(),
  /** The promised speed, and whether it is (or was) kept. */
  target: z.object({ perHour: z.number(), kept: z.boolean().nullable() }).nullable(),
  /** False where the draft has been changed since the run was made. */
  contentIsCurrent: z.boolean(),
  /** Cases a minute over the last half minute at work, or all of it while it is paused; null before the first. */
  ratePerMinute: z.number().nullable(),
  /** Milliseconds at that rate; null where there is no telling. */
  timeLeftMs: z.number().nullable(),
  /** Null for a run whose set-up asks on demand. */
  batchStage: batchStage.nullable(),
  batchJobs: z.array(batchJobView),
  /** Paused, while calls on their way are still being finished. */
  finishing: z.boolean(),
  /** Null: Bedrock can be reached. */
  outage: outage.nullable(),
  /** Cases that batch jobs left open, and that are asked on demand. */
  restCases: z.number(),
  /** Why cases failed: each message with its number of cases. */
  failures: z.array(z.object({ message: z.string(), cases: z.number() })),
})
export type RunView = z.infer<typeof runView>

/** Suggestions on a page of the list, and cases that can be shown at once. */
export const SUGGESTIONS_ON_PAGE = 50

export const suggestionInput = z.object({
  status: suggestionStatus.optional(),
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})
export type SuggestionInput = z.output<typeof suggestionInput>

const suggestionRow = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  status: suggestionStatus,
  /** True where the person must not see the answer before their own: then the rest is null. */
  hidden: z.boolean(),
  /** Hidden, and may be shown to them, which takes it out of their queue; false while they are asked. */
  showable: z.boolean(),
  label: z.string().nullable(),
  labelText: z.string().nullable(),
  explanation: z.string().nullable(),
  inputCut: z.boolean(),
  counts: z.boolean(),
})

const suggestionPage = z.object({
  pool,
  rows: z.array(suggestionRow),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})
export type SuggestionPage = z.infer<typeof suggestionPage>
export type SuggestionRow = z.infer<typeof suggestionRow>

/** Cases of a page whose suggestions are to be shown to who may still be asked about them. */
export const revealInput = z.object({
  caseIds: z.array(z.uuid()).min(1).max(SUGGESTIONS_ON_PAGE),
})
export type RevealInput = z.infer<typeof revealInput>

/** How many are shown now; the others were shown before, or are being asked about. */
export type Revealed = { shown: number }

const caseCall = z.object({
  id: z.string(),
  runId: z.string(),
  versionNumber: z.number().nullable(),
  standIn: z.boolean(),
  at: z.string(),
  status: z.enum(['ok', 'failed']),
  /** As sent, as JSON; null, as the answer is then, where it tells of cases that may still be asked about. */
  request: z.string().nullable(),
  /** False where the request could not be rebuilt as it was sent. */
  exact: z.boolean(),
  /** The other cases that request and answer tell of, from the same pack or as similar examples. */
  tellsOfIds: z.array(z.string()),
  /** What the request's placeholders stand for in this case. */
  replaced: replacements,
  rawAnswer: z.string().nullable(),
  stopReason: z.string().nullable(),
  error: z.string().nullable(),
  attempts: z.number(),
  inputTokens: z.number(),
  /** Of the request, read from the model's cache or written to it: they come on top of `inputTokens`. */
  cachedTokens: z.number(),
  outputTokens: z.number(),
  latencyMs: z.number(),
  /** Millionths of a dollar; null where the price was not known. */
  cost: z.number().nullable(),
  suggestion: z
    .object({
      status: suggestionStatus,
      label: z.string().nullable(),
      labelText: z.string().nullable(),
      explanation: z.string(),
      evidence: z.string(),
      inputCut: z.boolean(),
    })
    .nullable(),
})
export type CaseCall = z.infer<typeof caseCall>
