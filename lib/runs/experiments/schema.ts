import { z } from 'zod'
import { versionName } from '@/lib/versions/schema'
import { departures } from '@/lib/versions/setups/schema'
import { figure, interval, verdict } from '@/lib/versions/trials/schema'
import { priceMark } from '../prices/schema'
import { askingEstimate, caseLimit, costsEitherWay, repeats, runStatus } from '../schema'

/** The job that goes through an experiment; whoever starts one enqueues it after the commit. */
export const EXPERIMENT_JOB: {
  readonly name: string
  readonly data?: { experimentId: string }
} = { name: 'runs.experiment' }

const MOST_VALUES = 12

/** Values of one factor; null: as each version says. */
const values = <Value extends z.ZodType>(value: Value) =>
  z
    .array(z.union([value, z.null()]))
    .min(1, 'Choose at least one.')
    .max(MOST_VALUES)

const one = departures.required().shape

/** What is crossed with what. */
const grid = z.object({
  versionIds: z.array(z.uuid()).min(1, 'Choose at least one version.').max(MOST_VALUES),
  modelId: values(one.modelId),
  fixedExamples: values(one.fixedExamples),
  similarExamples: values(one.similarExamples),
  packSize: values(one.packSize),
  answers: values(one.answers),
  sample: values(one.sample),
  temperature: values(one.temperature),
  mode: values(one.mode),
})
export type Grid = z.infer<typeof grid>

export const bestRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('most_accurate') }),
  z.object({
    kind: z.literal('cheapest_within'),
    /** Points below the most accurate: 2 is two points. */
    points: z.number().min(0).max(100),
  }),
  z.object({
    kind: z.literal('cheapest_above'),
    /** Share: .9 is 90 %. */
    accuracy: z.number().min(0).max(1),
  }),
  z.object({
    kind: z.literal('most_accurate_below'),
    /** Millionths of a dollar for 1,000 cases. */
    cost: z.number().min(0),
  }),
])
export type BestRule = z.infer<typeof bestRule>

const cases = { pool: z.enum(['example', 'dev']), limit: caseLimit.nullable() }

export const planInput = z.object({ ...cases, repeats, grid })
export type PlanInput = z.infer<typeof planInput>

const LONGEST_NAME = 100
const name = z.string().trim().min(1, 'Give it a name.').max(LONGEST_NAME)

export const startExperimentInput = planInput.extend({ name, rule: bestRule })
export type StartExperimentInput = z.infer<typeof startExperimentInput>

export const renameExperimentInput = z.object({ name })
export type RenameExperimentInput = z.infer<typeof renameExperimentInput>

export const experimentParams = z.object({ experiment: z.uuid('Not an experiment.') })
export const experimentQuery = z.object({ base: z.uuid().optional() })

/** What a set-up is made of. */
export const facts = z.object({
  modelId: z.string(),
  temperature: z.number().nullable(),
  fixedExamples: z.number(),
  similarExamples: z.number(),
  packSize: z.number(),
  answers: z.enum(['xml', 'schema']),
  sample: z.enum(['short', 'full']),
  mode: z.enum(['on_demand', 'batch']),
  /** Tokens of the part that all its calls share. */
  promptTokens: z.number(),
})
export type Facts = z.infer<typeof facts>

const version = versionName.extend({ note: z.string() })

const plannedCell = z.object({
  ...{ version, departures, facts },
  estimate: askingEstimate.extend({ costs: costsEitherWay }),
})
export type PlannedCell = z.infer<typeof plannedCell>

const experimentPlan = z.object({
  /** In the order in which they run. */
  cells: z.array(plannedCell),
  /** What makes no sense, and why. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Crossings that came to the same set-up as another. */
  merged: z.number(),
  cases: z.number(),
  /** Of all cells and repeats. */
  total: askingEstimate.pick({
    inputTokens: true,
    outputTokens: true,
    cost: true,
    priced: true,
    durationMs: true,
  }),
  standIn: z.boolean(),
  /** Why it can't be started. */
  obstacle: z.string().nullable(),
})
export type ExperimentPlan = z.infer<typeof experimentPlan>

export type StartedExperiment = { id: string }

const share = z.object({ n: z.number(), of: z.number() })

const cellFigures = z.object({
  runId: z.string(),
  exact: figure,
  countingCloseCalls: figure,
  /** Cases without a final label, which count in no accuracy. */
  unlabelled: z.number(),
  /** Cases from whose answer a label could be read. */
  parsing: share,
  /** Cases that came to a label of the list. */
  final: share,
  /** Fields asked for that are filled, over those of the cases that could be read. */
  content: share,
  offList: z.number(),
  /** Answers to packs in which a case was missing, or stood several times. */
  absent: z.number(),
  duplicate: z.number(),
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  tokensPerThousand: z.number(),
  /** Millionths of a dollar; null where the price is not known. */
  costPerThousand: z.number().nullable(),
  priced: priceMark.nullable(),
  /** Milliseconds; null without calls. A case’s time is its call’s, shared by the cases in it. */
  latency: z
    .object({ call: z.number(), callP95: z.number(), case: z.number(), caseP95: z.number() })
    .nullable(),
  casesPerMinute: z.number().nullable(),
  /** By place in the pack, from 0: cases with a final label, and those that are right. */
  positions: z.array(z.object({ position: z.number(), n: z.number(), right: z.number() })),
  /** Between each two of its identical runs; null with one. */
  flips: z.object({ n: z.number(), flipped: z.number() }).nullable(),
})
export type CellFigures = z.infer<typeof cellFigures>

const comparison = z.object({
  n: z.number(),
  onlyOld: z.number(),
  onlyNew: z.number(),
  gain: z.number(),
  interval,
  midP: z.number(),
  adjustedP: z.number(),
  verdict,
})

const cellRun = z.object({
  id: z.string(),
  status: runStatus,
  message: z.string().nullable(),
  done: z.number(),
  items: z.number(),
})
export type CellRun = z.infer<typeof cellRun>

const experimentCell = z.object({
  id: z.string(),
  version,
  departures,
  facts,
  /** False where the draft has been changed since. */
  current: z.boolean(),
  /** The newest version that was made from it and says the same; null: none. */
  successor: versionName.nullable(),
  /** Its newest runs, as many as are wanted. */
  runs: z.array(cellRun),
  /** Null until a run of it is done. */
  figures: cellFigures.nullable(),
  /** Against the base; null for the base itself and without two finished runs. */
  comparison: comparison.nullable(),
})
export type ExperimentCellView = z.infer<typeof experimentCell>

const experimentSummary = z.object({
  id: z.string(),
  name: z.string(),
  pool: z.enum(['example', 'dev']),
  caseLimit: z.number().nullable(),
  repeats: z.number(),
  standIn: z.boolean(),
  startedBy: z.string().nullable(),
  createdAt: z.string(),
  cells: z.number(),
  /** Answers so far, and wanted in all. */
  done: z.number(),
  items: z.number(),
  /** Runs by what became of them; only those that count. */
  runs: z.object({
    working: z.number(),
    paused: z.number(),
    done: z.number(),
    ended: z.number(),
  }),
  /** Millionths of a dollar, so far; null where a price was not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
})
export type ExperimentSummary = z.infer<typeof experimentSummary>

const experimentView = experimentSummary.extend({
  /** When it was deleted; null: it stands in the list. */
  archivedAt: z.string().nullable(),
  rule: bestRule,
  /** What the project wants, as a share. */
  target: z.number(),
  baseId: z.string(),
  table: z.array(experimentCell),
})
export type ExperimentView = z.infer<typeof experimentView>

/** What an experiment has measured of just what a version says. */
const measuredBefore = z.object({
  experiment: z.object({ id: z.string(), name: z.string() }),
  runId: z.string(),
  standIn: z.boolean(),
  exact: figure,
  /** Set-ups with a figure in it: the best of many looks better than it is. */
  compared: z.number(),
})
export type MeasuredBefore = z.infer<typeof measuredBefore>
