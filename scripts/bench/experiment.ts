import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chooseBest, describeRule } from '@/lib/runs/experiments/best/rules'
import { isAtWork, nameCell } from '@/lib/runs/experiments/rules'
import type {
  ExperimentCellView,
  ExperimentView,
  StartExperimentInput,
} from '@/lib/runs/experiments/schema'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { compare, type Figure, report } from './figures'
import { type Caller, signIn } from './people'
import { startProduct } from './product'

const API = '/api/projects/support-root-causes'
const FILE = 'docs/experiment.md'

/**
 * An experiment on the starter project, over the API as anyone would start it: both versions, with and
 * without their examples, one by one and in packs, by schema and in XML. Its table is the documentation's.
 */
export async function measureExperiment(): Promise<Figure[]> {
  const dataDir = resolve('.test/bench/experiment')
  rmSync(dataDir, { recursive: true, force: true })
  const product = await startProduct('.', dataDir)
  try {
    const engineer = await signIn(product.url, 'engineer')
    await waitUntil(async () => (await listVersions(engineer)).every(({ dev }) => dev !== null))
    const view = await runExperiment(engineer)
    writeFileSync(FILE, asMarkdown(view))
    return listFigures(view)
  } finally {
    await product.stop()
  }
}

async function runExperiment(engineer: Caller): Promise<ExperimentView> {
  const versions = (await listVersions(engineer))
    .filter(({ number }) => number !== null)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
  const own = [null]
  const input: StartExperimentInput = {
    name: 'Examples, packs and answers',
    pool: 'dev',
    limit: null,
    repeats: 1,
    rule: { kind: 'cheapest_within', points: 2 },
    grid: {
      versionIds: versions.map(({ id }) => id),
      ...{ modelId: own, similarExamples: own, sample: own, temperature: own, mode: own },
      fixedExamples: [0, null],
      packSize: [1, 5, 10, 20],
      answers: ['xml', 'schema'],
    },
  }
  const started = await engineer('POST', `${API}/runs/experiments`, input)
  if (!started.ok) throw new Error(`The experiment was refused: ${await started.text()}`)
  const { id } = (await started.json()) as { id: string }
  let view = await read(engineer, id)
  await waitUntil(async () => {
    view = await read(engineer, id)
    return !isAtWork(view)
  })
  if (view.runs.ended > 0) throw new Error(`${view.runs.ended} runs came to nothing.`)
  return view
}

const read = async (engineer: Caller, id: string) =>
  (await (await engineer('GET', `${API}/runs/experiments/${id}`)).json()) as ExperimentView

const listVersions = async (engineer: Caller) =>
  (await (await engineer('GET', `${API}/versions`)).json()) as VersionSummary[]

type Done = ExperimentCellView & { figures: NonNullable<ExperimentCellView['figures']> }

const listDone = ({ table }: ExperimentView): Done[] =>
  table.flatMap((cell) => (cell.figures ? { ...cell, figures: cell.figures } : []))

function listFigures(view: ExperimentView): Figure[] {
  const cells = listDone(view)
  const mean = (packSize: number) => {
    const some = cells.filter(({ facts }) => facts.packSize === packSize)
    const sum = some.reduce((total, { figures }) => total + figures.tokensPerThousand / 1_000, 0)
    return sum / some.length
  }
  return [
    report({
      part: 'engine',
      name: 'experiment with the stand-in: set-ups done',
      value: cells.length,
      unit: 'set-ups',
    }),
    ...[5, 10, 20].map((packSize) =>
      compare(
        {
          part: 'engine',
          name: `experiment with the stand-in: tokens a case in packs of ${packSize}`,
          value: mean(packSize),
          unit: 'tokens',
        },
        { name: 'one by one', value: mean(1) },
        { atMost: 1 },
      ),
    ),
  ]
}

const HEAD = [
  'set-up',
  'accuracy',
  '95 % interval',
  'close calls',
  'against the base, points',
  'Holm',
  'parsing',
  'final',
  'off-list',
  'missing / twice',
  'tokens a case',
  'in / out',
  'cache read / written',
  'call p50 / p95, ms',
  'case p50, ms',
  'cases a minute',
]

function asMarkdown(view: ExperimentView): string {
  const cells = listDone(view)
  const best = cells.find(({ id }) => id === chooseBest(cells, view.rule))
  const base = cells.find(({ id }) => id === view.baseId)
  const n = cells[0]?.figures.exact.n ?? 0
  return [
    '# An experiment on the starter project',
    '',
    'Written by `npm run bench -- engine/experiment`; nobody edits it. **Measured with the local',
    'stand-in, which is not a language model**: its accuracy, and how it depends on examples and packs,',
    'say nothing of any model, and it costs nothing. It shows what an experiment tells.',
    '',
    `${cells.length} set-ups on the ${n} labelled cases of the dev pool. No valid label counts as wrong.`,
    `The base is ${base ? nameCell(base) : 'none'}; comparisons are paired on the same cases (mid-p`,
    'McNemar), corrected by Holm’s rule.',
    '',
    `Best, ${describeRule(view.rule)}: **${best ? nameCell(best) : 'none'}**.`,
    '',
    `| ${HEAD.join(' | ')} |`,
    `| ${HEAD.map(() => '---').join(' | ')} |`,
    ...cells.map((cell) => `| ${asCells(cell, cell.id === view.baseId).join(' | ')} |`),
    '',
    ...describePositions(cells),
    '',
  ].join('\n')
}

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
const whole = (value: number) => Math.round(value).toLocaleString('en-US')

function asCells(cell: Done, isBase: boolean): string[] {
  const { figures, comparison } = cell
  const { exact, latency } = figures
  const ratio = ({ n, of }: { n: number; of: number }) => percent(of === 0 ? null : n / of)
  return [
    nameCell(cell),
    percent(exact.rate),
    `${(exact.low * 100).toFixed(1)} – ${percent(exact.high)}`,
    percent(figures.countingCloseCalls.rate),
    isBase ? 'base' : comparison ? (comparison.gain * 100).toFixed(1) : '–',
    comparison ? comparison.adjustedP.toFixed(3) : '–',
    ratio(figures.parsing),
    ratio(figures.final),
    whole(figures.offList),
    `${whole(figures.absent)} / ${whole(figures.duplicate)}`,
    whole(figures.tokensPerThousand / 1_000),
    `${whole(figures.inputTokens)} / ${whole(figures.outputTokens)}`,
    `${whole(figures.cacheReadTokens)} / ${whole(figures.cacheWriteTokens)}`,
    latency ? `${whole(latency.call)} / ${whole(latency.callP95)}` : '–',
    latency ? latency.case.toFixed(1) : '–',
    figures.casesPerMinute === null ? '–' : whole(figures.casesPerMinute),
  ]
}

/** By place in the pack, all set-ups with packs of ten together. */
function describePositions(cells: readonly Done[]): string[] {
  const packed = cells.filter(({ facts }) => facts.packSize === 10)
  const places = new Map<number, { n: number; right: number }>()
  for (const { figures } of packed) {
    for (const { position, n, right } of figures.positions) {
      const place = places.get(position) ?? { n: 0, right: 0 }
      places.set(position, { n: place.n + n, right: place.right + right })
    }
  }
  return [
    '## Accuracy by place in packs of ten',
    '',
    '| place | right | of | share |',
    '| --- | --- | --- | --- |',
    ...[...places]
      .sort(([a], [b]) => a - b)
      .map(
        ([position, { n, right }]) =>
          `| ${position + 1} | ${right} | ${n} | ${percent(n === 0 ? null : right / n)} |`,
      ),
  ]
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 10 * 60_000
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('It took longer than ten minutes.')
    await wait(500)
  }
}
