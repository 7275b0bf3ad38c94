import { describe, expect, test } from 'vitest'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import { describeDepartures } from '@/lib/versions/setups/rules'
import type { Grid } from '../schema'
import { findTooManyCrossings, layOut } from './rules'

const example = (id: string, position: number) => ({
  ...{ id, position, enabled: true, kind: 'good' as const, caseText: 'My invoice is wrong.' },
  ...{ labelKey: 'billing', wrongLabelKey: null, explanation: 'About an invoice.' },
})

const content: PromptContent = promptContent.parse({
  persona: 'You sort cases.',
  rules: '',
  categories: [
    { key: 'billing', name: 'Billing', description: 'Invoices' },
    { key: 'defect', name: 'Defect', description: 'Crashes' },
  ],
  examples: [example('a', 1), example('b', 2), example('c', 3)],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'closecall.lexical-v1', maxTokens: 512, temperature: 0.2 },
})
const version = (id: string, number: number | null = 1) => ({ id, number, note: '', content })

const BATCH = { isSetUp: true, least: 100, cases: 500 }

const plain: Grid = {
  versionIds: ['v'],
  ...{ modelId: [null], fixedExamples: [null], similarExamples: [null], packSize: [null] },
  ...{ answers: [null], sample: [null], temperature: [null], mode: [null] },
}
const words = (grid: Partial<Grid>, versions = [version('v')]) =>
  layOut({ ...plain, ...grid }, versions, BATCH).cells.map(({ departures }) =>
    describeDepartures(departures),
  )

describe('a grid', () => {
  test('of nothing is each version as it is', () => {
    expect(words({})).toEqual([''])
    expect(words({}, [version('v'), version('w', 2)])).toEqual(['', ''])
  })

  test('crosses every value with every other', () => {
    expect(words({ fixedExamples: [0, 2], packSize: [1, 5] })).toEqual([
      'no examples',
      'no examples, packs of 5',
      '2 examples',
      '2 examples, packs of 5',
    ])
  })

  test('merges what comes to the same', () => {
    const { cells, merged } = layOut(
      { ...plain, fixedExamples: [null, 3], packSize: [null, 1] },
      [version('v')],
      BATCH,
    )
    expect(cells).toHaveLength(1)
    expect(merged).toBe(3)
  })

  test('pins what each set-up says', () => {
    const [, packed] = layOut({ ...plain, packSize: [1, 10] }, [version('v')], BATCH).cells
    expect(packed?.content.packSize).toBe(10)
    expect(packed?.facts).toMatchObject({ packSize: 10, fixedExamples: 3, mode: 'on_demand' })
    expect(packed?.identity).toMatchObject({ versionId: 'v', packSize: 10 })
  })
})

test('too many crossings are counted, not made', () => {
  const twelve = Array.from({ length: 12 }, (_, at) => at)
  expect(findTooManyCrossings({ ...plain, fixedExamples: twelve, temperature: twelve })).toBe(null)
  // Values that are there twice cross once.
  expect(
    findTooManyCrossings({ ...plain, packSize: Array.from({ length: 600 }, () => 1 as const) }),
  ).toBe(null)
  const all: Partial<Grid> = {
    fixedExamples: twelve,
    temperature: twelve,
    packSize: [1, 5, 10, 20],
  }
  expect(findTooManyCrossings({ ...plain, ...all })).toContain('576 crossings')
})

describe('left out, with the reason', () => {
  const leftOut = (grid: Partial<Grid>) =>
    layOut({ ...plain, ...grid }, [version('v')], BATCH).leftOut.map(({ reason }) => reason)

  test('more examples than there are', () => {
    expect(leftOut({ fixedExamples: [2, 5] })).toEqual(['It has only 3 examples in use.'])
  })

  test('a schema for a model that keeps to none', () => {
    const grid = { modelId: ['closecall.lexical-small-v1'], answers: ['xml', 'schema'] } as const
    expect(leftOut({ modelId: [...grid.modelId], answers: [...grid.answers] })).toEqual([
      expect.stringContaining('can’t be held to a schema'),
    ])
  })

  test('batch jobs that are too small, or are not set up', () => {
    const grid: Grid = { ...plain, packSize: [1, 10], mode: [null, 'batch'] }
    const small = layOut(grid, [version('v')], BATCH)
    expect(small.cells).toHaveLength(3)
    expect(small.leftOut).toEqual([
      { name: 'v1, packs of 10, batch', reason: expect.stringContaining('these are 50') },
    ])
    const nowhere = layOut(grid, [version('v')], { ...BATCH, isSetUp: false })
    expect(nowhere.cells).toHaveLength(2)
    expect(nowhere.leftOut[0]?.reason).toContain('not set up here')
  })

  test('a temperature for a model that takes none', () => {
    const modelId = ['anthropic.claude-opus-4-7-v1:0']
    expect(leftOut({ modelId, temperature: [null, 0.5] })).toEqual([
      expect.stringContaining('takes no temperature'),
    ])
  })

  test('packs whose answers are too long', () => {
    const modelId = ['closecall.lexical-small-v1']
    const reasons = leftOut({ modelId, packSize: [1, 20] })
    expect(reasons).toEqual([expect.stringMatching(/cases to a call|no room/)])
  })

  test('a prompt for which there is no room', () => {
    const long = { ...content, rules: 'Mind the order of the categories. '.repeat(1_000) }
    const { cells, leftOut: out } = layOut(
      { ...plain, modelId: [null, 'closecall.lexical-small-v1'] },
      [{ ...version('v'), content: long }],
      BATCH,
    )
    expect(cells).toHaveLength(1)
    expect(out).toEqual([
      { name: 'v1, closecall.lexical-small-v1', reason: expect.stringContaining('no room') },
    ])
  })
})
