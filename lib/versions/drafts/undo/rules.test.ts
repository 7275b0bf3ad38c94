import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applySteps, type DraftContent, type Step } from '../steps/rules'
import { makeContent, stepIn } from '../testing/drafts'
import { EMPTY_HISTORY, type History, perform, redo, remember, undo } from './rules'

const original = makeContent()

type Session = { draft: DraftContent; history: History }

/** Each step a minute after the one before, or `pause` milliseconds. */
function work(session: Session, steps: readonly (Step | number)[], pause = 60_000): Session {
  let at = 0
  return steps.reduce<Session>(({ draft, history }, step) => {
    at += pause
    const done = perform(draft, [typeof step === 'number' ? stepIn(draft, step) : step], at)
    return done ? { draft: done.draft, history: remember(history, done.entry) } : { draft, history }
  }, session)
}

function turn({ draft, history }: Session, way: typeof undo): Session | null {
  const turned = way(history, draft)
  if (!turned) return null
  expect(turned.blocked).toBe(false)
  return { draft: applySteps(draft, turned.steps), history: turned.history }
}

const start: Session = { draft: original, history: EMPTY_HISTORY }

test('any sequence of steps followed by all undos gives the original, and all redos the result', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.boolean(), (seeds, isQuick) => {
      const worked = work(start, seeds, isQuick ? 100 : 60_000)
      let session = worked
      for (let next = turn(session, undo); next; next = turn(session, undo)) session = next
      expect(session.draft).toEqual(original)
      for (let next = turn(session, redo); next; next = turn(session, redo)) session = next
      expect(session.draft).toEqual(worked.draft)
    }),
  )
})

test('typing in one go is undone at once, after a pause or elsewhere it is not', () => {
  const letters = ['Y', 'Yo', 'You'].map((persona): Step => ({ do: 'set', fields: { persona } }))
  const typed = work(start, letters, 100)
  expect(typed.history.past).toHaveLength(1)
  expect(turn(typed, undo)?.draft).toEqual(original)
  expect(work(start, letters).history.past).toHaveLength(3)
  const elsewhere: Step[] = [...letters, { do: 'describe', categoryId: 'a', description: 'x' }]
  expect(work(start, elsewhere, 100).history.past).toHaveLength(2)
})

test('what is pasted or cut is undone apart from what was typed around it', () => {
  const pasted = `You${'x'.repeat(60)}`
  const texts = ['Y', 'You', pasted, `${pasted}!`, `${pasted}!!`, 'Y']
  const typed = work(
    start,
    texts.map((persona) => ({ do: 'set', fields: { persona } })),
    100,
  )
  const seen: string[] = []
  for (let next = turn(typed, undo); next; next = turn(next, undo)) seen.push(next.draft.persona)
  expect(seen).toEqual([`${pasted}!!`, pasted, 'You', original.persona])
})

test('whoever goes on after an undo can not redo', () => {
  const one = work(start, [{ do: 'removeExample', id: 'e0' }])
  const undone = turn(one, undo)
  expect(undone?.history.future).toHaveLength(1)
  const other = undone && work(undone, [{ do: 'removeExample', id: 'e1' }])
  expect(other?.history.future).toEqual([])
})

test('what someone else has changed since is not taken back with one’s own', () => {
  const mine = work(start, [
    { do: 'set', fields: { persona: 'Mine' } },
    { do: 'changeExample', id: 'e1', change: { text: 'Mine' } },
  ])
  const removed = applySteps(mine.draft, [{ do: 'removeExample', id: 'e1' }])
  expect(undo(mine.history, removed)).toMatchObject({ blocked: true, steps: [] })

  const theirs = applySteps(mine.draft, [{ do: 'set', fields: { persona: 'Theirs' } }])
  const first = undo(mine.history, theirs)
  expect(first).toMatchObject({ blocked: false })
  const second = first && undo(first.history, applySteps(theirs, first.steps))
  expect(second).toMatchObject({ blocked: true, parts: [{ kind: 'field', field: 'persona' }] })
  expect(second?.history.past).toEqual([])
})

test('what belongs together is undone together', () => {
  const steps: Step[] = [
    { do: 'changeExample', id: 'e0', change: { labelId: 'b' } },
    { do: 'leaveCategory', categoryId: 'a' },
  ]
  const done = perform(original, steps, 0)
  expect(done?.draft.categories).toHaveLength(3)
  const history = done ? remember(EMPTY_HISTORY, done.entry) : EMPTY_HISTORY
  expect(done && turn({ draft: done.draft, history }, undo)?.draft).toEqual(original)
})
