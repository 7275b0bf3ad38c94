import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLines } from './lines'

async function split(pieces: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = []
  async function* come() {
    yield* pieces
  }
  for await (const line of readLines(come())) lines.push(line)
  return lines
}

test('lines come whole, wherever the pieces are cut', async () => {
  const line = fc.string({ unit: 'binary' }).map((text) => JSON.stringify({ text }))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(400)), async (lines, cuts) => {
      const bytes = Buffer.from(lines.join('\n'))
      const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b)]
      const pieces = at.map((from, i) => bytes.subarray(from, at[i + 1] ?? bytes.length))
      expect(await split(pieces)).toEqual(lines.map((one) => Buffer.from(one).toString()))
    }),
  )
})

test('blank lines are left out, and characters that end lines elsewhere are kept', async () => {
  const text = '{"a":"\u2028\u0085"}\n\n  \n{"b":1}\r\n'
  expect(await split([Buffer.from(text)])).toEqual(['{"a":"\u2028\u0085"}', '{"b":1}'])
})
