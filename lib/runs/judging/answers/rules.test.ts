import { expect, test } from 'vitest'
import { parseJudgement } from './rules'

const categories = [
  { key: 'billing', name: 'Billing' },
  { key: 'defect', name: 'Software Defect' },
]
const read = (raw: string, stopReason: string | null = 'end_turn') =>
  parseJudgement(raw, { categories, stopReason })

const XML =
  '<judgement>\n<reason>It crashes.</reason>\n<verdict>wrong</verdict>\n<classification>Software Defect</classification>\n</judgement>'
const JSON_TEXT = '{"reason":"It crashes.","verdict":"wrong","classification":"Software Defect"}'

test.each([
  ['tags', XML],
  ['JSON', JSON_TEXT],
])('%s as asked for are read at once', (_, raw) => {
  expect(read(raw)).toEqual({
    ...{ status: 'parsed', verdict: 'wrong', labelKey: 'defect', reason: 'It crashes.' },
  })
})

test.each([
  ['a fence', `\`\`\`xml\n${XML}\n\`\`\``],
  ['words around it', `Here you are: ${JSON_TEXT} I hope this helps.`],
  ['another spelling', XML.replace('wrong', ' Incorrect. ')],
  ['another case of the label', XML.replace('Software Defect', 'software  defect')],
  ['a missing end', XML.replace('</judgement>', '')],
  ['a torn object', JSON_TEXT.slice(0, -1)],
  ['lines with headings', 'Reason: It crashes.\n**Verdict:** wrong\nCategory: Software Defect'],
])('%s is mended without a doubt', (_, raw) => {
  expect(read(raw)).toMatchObject({ status: 'repaired', verdict: 'wrong', labelKey: 'defect' })
})

test.each([
  ['', 'missing'],
  ['I would say that this is wrong.', 'missing'],
  ['<verdict>maybe</verdict>', 'missing'],
  ['<verdict>right</verdict> or rather <verdict>wrong</verdict>', 'missing'],
  ['{"verdict":"right","verdict":"wrong"}', 'missing'],
  ['<verdict>right or wrong</verdict>', 'missing'],
])('%s says nothing that counts', (raw, status) => {
  expect(read(raw)).toMatchObject({ status, verdict: null, labelKey: null })
})

test('what was refused or cut off is called so', () => {
  expect(read(XML, 'guardrail_intervened')).toMatchObject({ status: 'refused', verdict: null })
  expect(read('<judgement><reason>It cra', 'max_tokens')).toMatchObject({
    ...{ status: 'cut_off', verdict: null },
  })
})

test('a reason is made such that it can be kept', () => {
  const raw = (reason: string) => JSON_TEXT.replace('It crashes.', reason)
  expect(read(raw('a\\u0000b\\ud83d'))).toMatchObject({
    ...{ status: 'parsed', verdict: 'wrong', reason: 'a\uFFFDb\uFFFD' },
  })
  const { reason } = read(raw(`${'a'.repeat(1_999)}😀`))
  expect(reason).toBe(`${'a'.repeat(1_999)}\uFFFD`)
})

test('a verdict counts without a category of the list', () => {
  const raw =
    '<judgement><verdict>wrong</verdict><classification>Weather</classification></judgement>'
  expect(read(raw)).toMatchObject({ status: 'repaired', verdict: 'wrong', labelKey: null })
})
