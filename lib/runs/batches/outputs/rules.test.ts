import { expect, test } from 'vitest'
import { readAnswerLine } from './rules'

const MODEL_OUTPUT = {
  output: { message: { role: 'assistant', content: [{ text: 'Bill' }, { text: 'ing' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 12, outputTokens: 3, totalTokens: 15 },
  metrics: { latencyMs: 40 },
}

const line = (rest: object) => JSON.stringify({ recordId: 'R0000000042', modelInput: {}, ...rest })

test('an answer is read with its tokens', () => {
  expect(readAnswerLine(line({ modelOutput: MODEL_OUTPUT }))).toEqual({
    number: 42,
    input: {},
    said: {
      ...{ kind: 'answer', text: 'Billing', stopReason: 'end_turn' },
      ...{ inputTokens: 12, outputTokens: 3 },
    },
  })
})

test.each<[string, object, { name: string; message: unknown }]>([
  [
    'an error',
    { error: { errorCode: 424, errorMessage: 'The model failed.' } },
    { name: '424', message: 'The model failed.' },
  ],
  ['neither', {}, { name: 'NoAnswer', message: expect.any(String) }],
  [
    'an answer of another shape',
    { modelOutput: { outputs: [] } },
    { name: 'NoAnswer', message: expect.any(String) },
  ],
])('a record with %s has brought none', (_, rest, said) => {
  expect(readAnswerLine(line(rest))?.said).toEqual({ kind: 'error', ...said })
})

test.each(['', '{"recordId":', 'null', '7', '{"recordId":"CALL0000001","modelOutput":{}}'])(
  'what is no line of ours is passed over: %s',
  (text) => {
    expect(readAnswerLine(text)).toBeNull()
  },
)

test('text that PostgreSQL can’t keep is made so that it can', () => {
  const output = { message: { content: [{ text: 'a\0b\ud800' }] } }
  const read = readAnswerLine(line({ modelOutput: { ...MODEL_OUTPUT, output } }))
  expect(read?.said).toMatchObject({ text: 'a\ufffdb\ufffd' })
})
