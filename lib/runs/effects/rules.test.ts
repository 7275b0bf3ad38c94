import { expect, test } from 'vitest'
import { renderFixedPart } from '@/lib/versions/rendering/rules'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import {
  chooseKept,
  chooseUnit,
  describeEffect,
  describeStudy,
  judgeEffects,
  leaveOut,
  listBared,
  listParts,
  proposePruning,
  tokensOf,
} from './rules'

const example = (id: string, kind: 'good' | 'bad', labelKey: string, enabled = true) => ({
  ...{ id, kind, labelKey, enabled, wrongLabelKey: null, explanation: 'Because.' },
  ...{ caseText: `The text of ${id}`, position: Number(id.slice(1)) },
})

const content: PromptContent = promptContent.parse({
  persona: 'You sort.',
  rules: 'In order.',
  categories: ['a', 'b'].map((key) => ({ key, name: key, description: key })),
  examples: [
    example('e3', 'bad', 'a'),
    example('e1', 'good', 'a'),
    example('e2', 'good', 'b'),
    example('e4', 'good', 'a'),
    example('e5', 'good', 'a', false),
  ],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'some.model', maxTokens: 100, temperature: null },
})

test('examples in use are left out one by one, or those of a category and kind together', () => {
  expect(listParts(content, 'example')).toEqual([['e1'], ['e2'], ['e3'], ['e4']])
  expect(listParts(content, 'category')).toEqual([['e1', 'e4'], ['e2'], ['e3']])
  expect([chooseUnit(40), chooseUnit(41)]).toEqual(['example', 'category'])
})

test('what is left out is gone from the prompt, and nothing else is', () => {
  const without = renderFixedPart(leaveOut(content, ['e2']))
  expect(without).not.toContain('The text of e2')
  for (const id of ['e1', 'e3', 'e4']) expect(without).toContain(`The text of ${id}`)
  const difference = renderFixedPart(content).length - without.length
  expect(Math.abs(tokensOf(content, ['e2']) - difference / 4)).toBeLessThan(1)
  expect(tokensOf(content, ['e5'])).toBe(0)
})

test('an effect is found only where chance would not do it among so many', () => {
  const counts = (fixes: number, breaks: number) => ({ n: 100, fixes, breaks })
  expect(judgeEffects([counts(0, 0), counts(2, 0), counts(0, 6)])).toEqual([
    'changes nothing',
    'too few to tell',
    'hurts',
  ])
  // Six against none is mid-p .0156: alone enough, among four no more.
  expect(judgeEffects([counts(6, 0)])).toEqual(['helps'])
  expect(judgeEffects([counts(6, 0), ...[1, 2, 3].map(() => counts(1, 1))])[0]).toBe(
    'too few to tell',
  )
})

test('pruning proposes what does no good, and nothing that was not measured', () => {
  const part = (id: string, fixes: number, breaks: number) => ({
    ...{ id, tokens: 80 },
    result: { n: 50, fixes, breaks, verdict: 'too few to tell' as const },
  })
  const parts = [
    part('helps', 2, 1),
    part('nothing', 0, 0),
    part('harms', 0, 1),
    part('as much', 2, 2),
    { id: 'unknown', tokens: 80, result: null },
  ]
  expect(proposePruning(parts)).toEqual([
    { partId: 'nothing', reason: 'changes no case and costs 80 tokens' },
    { partId: 'harms', reason: 'fixes nothing and breaks 1 case' },
    { partId: 'as much', reason: 'breaks 2 cases and fixes 2' },
  ])
})

test('a category that would lose its last good example is named', () => {
  const good = (id: string, label: string) => ({ id, kind: 'good' as const, label })
  const examples = [good('1', 'A'), good('2', 'A'), good('3', 'B'), { ...good('4', 'C') }]
  expect(listBared(examples, new Set(['1', '3']))).toEqual(['B'])
  expect(listBared([...examples, { ...good('5', 'D'), kind: 'bad' }], new Set(['5']))).toEqual([])
})

test('of a category that would be bared the best example is kept at first', () => {
  const part = (id: string, label: string, fixes: number, breaks: number) => ({
    id,
    examples: [{ id: `e${id}`, kind: 'good' as const, label, wrongLabel: null, text: '' }],
    result: { n: 50, fixes, breaks, verdict: 'too few to tell' as const },
  })
  const parts = [
    part('1', 'A', 0, 3),
    part('2', 'A', 1, 1),
    part('3', 'B', 0, 0),
    part('4', 'B', 2, 0),
  ]
  expect(chooseKept(parts, ['1', '2', '3'])).toEqual(['2'])
  expect(chooseKept(parts, ['1'])).toEqual([])
})

test('a study is told in a sentence that says what it rests on', () => {
  const part = (verdict: 'helps' | 'too few to tell' | 'changes nothing') => ({
    ...{ id: verdict, examples: [], tokens: 1, costPerThousand: 0 },
    result: { n: 40, fixes: 6, breaks: 0, verdict },
  })
  const study = { unit: 'example' as const, cases: 40, whole: { right: 30, n: 40 } }
  const tell = (...parts: ReturnType<typeof part>[]) => describeStudy({ ...study, parts })
  expect(tell(part('helps'), part('too few to tell')).headline).toBe('1 example helps')
  expect(tell(part('too few to tell')).headline).toBe('No effect that could not be chance')
  expect(tell(part('changes nothing')).headline).toBe('None of them changes a single answer')
  expect(tell(part('helps')).sentence).toContain('40 labelled cases of dev, 75.0 % right')
  expect(describeStudy({ ...study, parts: [] }).headline).toBe('Nothing measured yet')
})

test('beside an example stands what it does, alone or with others, now or before', () => {
  const result = { n: 40, fixes: 3, breaks: 1, verdict: 'too few to tell' as const }
  const one = { id: 'e1', kind: 'good' as const, label: 'A', wrongLabel: null, text: 'x' }
  const part = { examples: [one], result, tokens: 120 }
  expect(describeEffect(part, true)).toBe('fixes 3, breaks 1, 120 tokens')
  expect(describeEffect({ ...part, examples: [one, one, one] }, false)).toBe(
    'fixes 3, breaks 1, 120 tokens with 2 others, before the last changes',
  )
  expect(describeEffect({ ...part, result: null }, true)).toBe('')
})
