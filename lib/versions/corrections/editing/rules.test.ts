import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginEdits, edit, redoEdit, undoEdit } from './rules'

test('typing in one go is one step; a tool, a pause and another field are steps of their own', () => {
  let edits = beginEdits('')
  edits = edit(edits, 'a', 0, 'text')
  edits = edit(edits, 'ab', 100, 'text')
  edits = edit(edits, '[REDACTED]', 200)
  edits = edit(edits, '[REDACTED]!', 300, 'text')
  edits = edit(edits, '[REDACTED]!!', 5_000, 'text')
  edits = edit(edits, 'why', 5_100, 'explanation')
  const seen: string[] = []
  for (let n = 0; n < 7; n++) {
    edits = undoEdit(edits)
    seen.push(edits.now)
  }
  expect(seen).toEqual(['[REDACTED]!!', '[REDACTED]!', '[REDACTED]', 'ab', '', '', ''])
  // What is typed after an undo is no part of what was undone.
  expect(undoEdit(edit(redoEdit(edits), 'abc', 5_200, 'text')).now).toBe('ab')
})

test('all undos give the start, all redos the end', () => {
  const step = fc.record({
    text: fc.string(),
    gap: fc.nat(3_000),
    typing: fc.constantFrom('text', 'explanation', null),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let at = 0
      const done = steps.reduce((edits, { text, gap, typing }) => {
        at += gap
        return edit(edits, text, at, typing)
      }, beginEdits('start'))
      const back = steps.reduce(undoEdit, done)
      expect(back.now).toBe('start')
      expect(steps.reduce(redoEdit, back).now).toBe(done.now)
    }),
  )
})
