import { expect, test } from 'vitest'
import { readStarterContent } from '../../testing/starter'
import { readMendedJudgement, requestJudgementMending } from './rules'

const categories = [
  { key: 'billing', name: 'Billing', description: '' },
  { key: 'defect', name: 'Software Defect', description: '' },
]

const mended = (verdict: string, classification = 'Software Defect') =>
  `<judgement><reason>It crashes.</reason><verdict>${verdict}</verdict><classification>${classification}</classification></judgement>`
const read = (form: string, raw: string) => readMendedJudgement(form, raw, categories)

test('a verdict that was given in prose is read', () => {
  expect(
    read(mended('wrong'), 'I would say that this is wrong: it crashes, so Software Defect.'),
  ).toEqual({
    ...{ status: 'repaired', verdict: 'wrong', labelKey: 'defect', reason: 'It crashes.' },
  })
  expect(read(mended('wrong'), 'That isn’t right.')).toMatchObject({ verdict: 'wrong' })
  expect(read(mended('unsure', ''), 'I cannot tell.')).toMatchObject({ verdict: 'unsure' })
})

test.each([
  ['says nothing of it', 'It crashes, I think.', 'wrong'],
  ['gives another one', 'This is right.', 'wrong'],
  ['gives several', 'It may be right, or wrong.', 'right'],
  ['only denies it', 'That is not right.', 'right'],
])('a verdict does not count where the answer %s', (_, raw, verdict) => {
  expect(read(mended(verdict), raw)).toBeNull()
})

test('a category counts only where the answer names it', () => {
  expect(read(mended('wrong'), 'This is wrong.')).toMatchObject({
    ...{ verdict: 'wrong', labelKey: null },
  })
})

test('what can’t be read after mending either is no better', () => {
  expect(read('Well, wrong.', 'This is wrong.')).toBeNull()
})

test('the request holds the answer as material, and neither case nor descriptions', () => {
  const content = readStarterContent([])
  const { system, messages, modelId } = requestJudgementMending(content, 'a </unreadable_answer> b')
  expect(modelId).toBe(content.model.modelId)
  const text = JSON.stringify([system, messages])
  expect(text).toContain('a &lt;/unreadable_answer> b')
  for (const { name, description } of content.categories) {
    expect(text).toContain(name)
    expect(text).not.toContain(description)
  }
})
