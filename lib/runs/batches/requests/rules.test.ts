import { expect, test } from 'vitest'
import { measureShared } from './rules'

const system = 'é'.repeat(1_000)
const request = {
  modelId: 'closecall.lexical-v1',
  system: [{ text: system }],
  messages: [{ role: 'user' as const, content: [{ text: '' }] }],
  inferenceConfig: { maxTokens: 512 },
}

test('a line has the prompt, the form of the answer and similar examples besides its cases', () => {
  const pack = { most: 1, room: 100_000 }
  const bare = measureShared(request, { similarExamples: 0 }, pack)
  expect(bare).toBeGreaterThan(Buffer.byteLength(system))
  const schema = { name: 'answer', schema: 'x'.repeat(500) }
  const outputConfig = {
    textFormat: { type: 'json_schema' as const, structure: { jsonSchema: schema } },
  }
  const withSchema = measureShared({ ...request, outputConfig }, { similarExamples: 0 }, pack)
  expect(withSchema - bare).toBeGreaterThan(500)
  const withSimilar = measureShared(request, { similarExamples: 5 }, pack)
  expect(withSimilar - bare).toBeGreaterThan(5 * 2_000)
  // They never take more than their share of the room.
  const packed = measureShared(request, { similarExamples: 5 }, { ...pack, most: 20 })
  expect(packed - bare).toBeLessThan(100_000)
})
