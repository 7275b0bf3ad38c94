import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  drawOnce,
  type LabelledCase,
  makeRandom,
  meanOf,
  type Outcome,
  shuffle,
} from './fixtures/draw'
import type { SamplePrompt } from './fixtures/prompt-text'
import { MODELS } from './models'

const DRAWS = 20
const root = path.resolve(import.meta.dirname, '../..')
const starter = path.join(root, 'prompts/support-root-causes')
const realData = path.resolve(root, process.env.CLOSECALL_REAL_DATA ?? '../shared/data')
const banking = path.join(realData, 'banking77.jsonl')

describe('a better prompt scores better', () => {
  it('on the starter project', { timeout: 120_000 }, () => {
    const cases = readStarterCases()
    const prompt: SamplePrompt = {
      persona: readFileSync(path.join(starter, 'persona.md'), 'utf8'),
      rules: readFileSync(path.join(starter, 'rules.md'), 'utf8'),
      categories: JSON.parse(readFileSync(path.join(starter, 'categories.json'), 'utf8')),
    }
    const outcomes = draws((seed) => drawOnce(cases, prompt, { good: 18, bad: 30 }, seed))
    const { described, shown, corrected } = report('starter project', outcomes)
    const window = MODELS.find(({ id }) => id === 'closecall.lexical-v1')?.window ?? 0
    expect(Math.max(...outcomes.map(({ mostTokens }) => mostTokens))).toBeLessThan(window)
    expect(described).toBeGreaterThan(shareOfLargest(cases) + 0.06)
    expect(shown - described).toBeGreaterThan(0.05)
    expect(corrected - shown).toBeGreaterThan(0.08)
  })

  it.skipIf(!existsSync(banking))(
    `on real banking questions (${banking}; skipped where the file is absent)`,
    { timeout: 120_000 },
    () => {
      const all = readLines(banking)
      const outcomes = draws((seed) => {
        const random = makeRandom(seed)
        const intents = shuffle([...new Set(all.map(({ label }) => label))].sort(), random)
        const chosen = intents.slice(0, 10)
        const cases = chosen.flatMap((intent) =>
          shuffle(
            all.filter(({ label }) => label === intent),
            random,
          )
            .slice(0, 30)
            .map(({ text, label }): LabelledCase => {
              return {
                case: { subject: '', messages: [{ role: 'customer', text }] },
                label,
                why: '',
              }
            }),
        )
        const categories = chosen.map((name) => ({
          name,
          description: name.replaceAll('_', ' '),
        }))
        return drawOnce(cases, { categories }, { good: 20, bad: 30 }, seed)
      })
      const { described, shown, corrected } = report('banking questions', outcomes)
      expect(described).toBeGreaterThan(0.5)
      expect(shown - described).toBeGreaterThan(0.05)
      expect(corrected - shown).toBeGreaterThan(0.05)
    },
  )
})

function draws(draw: (seed: number) => Outcome): Outcome[] {
  return Array.from({ length: DRAWS }, (_, seed) => draw(seed))
}

function report(name: string, outcomes: readonly Outcome[]) {
  const described = meanOf(outcomes.map((one) => one.described))
  const shown = meanOf(outcomes.map((one) => one.shown))
  const corrected = meanOf(outcomes.map((one) => one.corrected))
  console.log(
    `${name}, mean of ${outcomes.length} draws: descriptions ${described.toFixed(3)}, good examples ${shown.toFixed(3)}, good and bad ${corrected.toFixed(3)}`,
  )
  return { described, shown, corrected }
}

function readStarterCases(): LabelledCase[] {
  const labels = new Map(
    readLines(path.join(starter, 'labels.jsonl')).map((one) => [one.external_id, one]),
  )
  return readLines(path.join(starter, 'cases.jsonl')).flatMap((one) => {
    const known = labels.get(one.external_id)
    const { subject, messages } = one
    return known ? [{ case: { subject, messages }, label: known.label, why: known.why ?? '' }] : []
  })
}

/** What the files of this test hold; each has some of the fields. */
type Line = {
  external_id: string
  label: string
  why?: string
  text: string
} & LabelledCase['case']

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))
}

/** What always naming the most frequent label would get right. */
function shareOfLargest(cases: readonly LabelledCase[]): number {
  const counts = Map.groupBy(cases, ({ label }) => label)
  return Math.max(...[...counts.values()].map(({ length }) => length)) / cases.length
}
