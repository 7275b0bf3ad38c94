import { describe, expect, test } from 'vitest'
import type { VersionView } from '../../schema'
import { applyStep, type Step } from '../steps/rules'
import { makeDraft } from '../testing/drafts'
import {
  beginKeeping,
  confirm,
  endSending,
  fail,
  type Keeping,
  keepMine,
  look,
  nextToSend,
  performSteps,
  receive,
  retry,
  retryDelay,
  startSending,
  takeTheirs,
  turnKeeping,
} from './rules'

const write = (persona: string): Step => ({ do: 'set', fields: { persona } })
const rule = (rules: string): Step => ({ do: 'set', fields: { rules } })
const PERSONA = { kind: 'field', field: 'persona' } as const
const CUT = { code: 'unavailable', message: 'The server can’t be reached.' }
const LATE = { code: 'conflict', message: 'Ben changed this draft.' }

let clock = 0
const doing = (keeping: Keeping, ...steps: Step[]) =>
  steps.reduce((now, step) => {
    clock += 60_000
    return performSteps(now, [step], clock)
  }, keeping)
const start = (...steps: Step[]) => doing(beginKeeping(makeDraft()), ...steps)

const head = (keeping: Keeping): Step => {
  const step = nextToSend(keeping)
  if (!step) throw new Error('nothing can be sent')
  return step
}
/** As Ben has saved it meanwhile. */
const byBen = (draft: VersionView, ...steps: Step[]): VersionView => ({
  ...steps.reduce(applyStep, draft),
  ...{ edit: draft.edit + steps.length, savedBy: 'Ben' },
})
const send = (keeping: Keeping) => {
  const step = head(keeping)
  return { step, now: startSending(keeping, step) }
}
const arrive = (keeping: Keeping, step: Step) => {
  const meta = { edit: keeping.saved.edit + 1, savedAt: 'later', savedBy: 'Eva' }
  return endSending(confirm(keeping, step, meta), clock)
}

describe('what is done to a draft', () => {
  test('is sent one by one, in order, each on top of the one before', () => {
    let now = start(write('Mine'), rule('Mine too'))
    const sent: Step[] = []
    while (nextToSend(now)) {
      const { step, now: onItsWay } = send(now)
      expect(nextToSend(onItsWay)).toBeNull()
      sent.push(step)
      now = arrive(onItsWay, step)
    }
    expect(sent).toEqual([write('Mine'), rule('Mine too')])
    expect(now).toMatchObject({
      pending: [],
      sending: false,
      saved: { edit: 2, rules: 'Mine too' },
    })
  })

  test('goes on being typed while it is sent, and nothing of that is taken for saved', () => {
    const { step, now } = send(start(write('M')))
    const typed = doing(now, write('Mi'), write('Min'))
    const after = arrive(typed, step)
    expect(after.saved.persona).toBe('M')
    expect(after.shown.persona).toBe('Min')
    expect(head(after)).toEqual(write('Min'))
  })

  test('stays where the network fails, and waits twice as long each time, half a minute at most', () => {
    let now = start(write('Mine'))
    const waits: number[] = []
    for (let n = 0; n < 8; n++) {
      const sending = send(now)
      const { keeping, go } = fail(sending.now, sending.step, CUT)
      expect(go).toBe('wait')
      now = endSending(keeping, clock)
      waits.push(retryDelay(now.failures))
      expect(now).toMatchObject({ trouble: CUT.message, pending: [write('Mine')] })
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000))
    const again = send(now)
    expect(arrive(again.now, again.step)).toMatchObject({ trouble: null, pending: [], failures: 0 })
  })

  test('waits for whoever was signed out meanwhile, and is kept', () => {
    const { step, now } = send(start(write('Mine')))
    const { keeping, go } = fail(now, step, { code: 'unauthenticated', message: 'Sign in.' })
    expect(go).toBe('wait')
    expect(keeping).toMatchObject({ trouble: 'Sign in.', pending: [write('Mine')] })
    expect(keeping.shown.persona).toBe('Mine')
  })

  test('that the server refuses is shown with its reason, and holds up nothing else', () => {
    const { step, now } = send(start(write('Mine'), rule('Mine too')))
    const refused = fail(now, step, { code: 'invalid', message: 'Not so.' })
    expect(refused.go).toBe('next')
    const after = endSending(refused.keeping, clock)
    expect(after.refused).toEqual([{ step, message: 'Not so.' }])
    expect(head(after)).toEqual(rule('Mine too'))
    expect(head(retry(after))).toEqual(step)
  })
})

describe('someone else', () => {
  test('who changed another part: both are kept, and one’s own is sent again on top', () => {
    const { step, now } = send(start(write('Mine')))
    expect(fail(now, step, LATE).go).toBe('look')
    const theirs = byBen(makeDraft(), rule('Ben’s'))
    const { keeping, go } = look(now, step, LATE, { theirs }, clock)
    expect(go).toBe('next')
    const after = endSending(keeping, clock)
    expect(after).toMatchObject({ clashes: [], news: { text: 'Ben changed the rules just now.' } })
    expect(after.shown).toMatchObject({ persona: 'Mine', rules: 'Ben’s' })
    expect(head(after)).toEqual(step)
  })

  test('who changed the same part: neither overwrites the other until one has chosen', () => {
    const mine = start(write('Mine'), rule('Mine too'))
    const clashing = receive(mine, byBen(makeDraft(), write('Ben’s')), clock)
    expect(clashing.clashes).toEqual([PERSONA])
    expect(clashing.saved.persona).toBe('Ben’s')
    expect(clashing.shown.persona).toBe('Mine')
    // The rest goes on.
    expect(head(clashing)).toEqual(rule('Mine too'))
    expect(head(keepMine(clashing, PERSONA))).toEqual(write('Mine'))
    const taken = takeTheirs(clashing, PERSONA)
    expect(taken.shown.persona).toBe('Ben’s')
    expect(taken.pending).toEqual([rule('Mine too')])
  })

  test('who removed an example that one has written into: keeping one’s own brings it back whole', () => {
    const mine = start({ do: 'changeExample', id: 'e1', change: { text: 'Mine' } })
    const now = receive(mine, byBen(makeDraft(), { do: 'removeExample', id: 'e1' }), clock)
    const part = { kind: 'example', id: 'e1' } as const
    expect(now.clashes).toEqual([part])
    const kept = head(keepMine(now, part))
    expect(kept).toMatchObject({ do: 'addExample', example: { id: 'e1', text: 'Mine' } })
  })

  test('who left a category out that one goes on describing: the newest words come back with it', () => {
    const describe = (description: string): Step => ({
      do: 'describe',
      categoryId: 'b',
      description,
    })
    const { now } = send(start(describe('Mine')))
    const typed = endSending(doing(now, describe('Mine and more')), clock)
    expect(typed.pending).toHaveLength(2)
    const theirs = byBen(makeDraft(), { do: 'leaveCategory', categoryId: 'b' })
    const kept = keepMine(receive(typed, theirs, clock), { kind: 'category', id: 'b' })
    const found = kept.shown.categories.find(({ categoryId }) => categoryId === 'b')
    expect(found?.description).toBe('Mine and more')
  })

  test('who removed what one changed, and then changes more: keeping mine still brings the first back', () => {
    const mine = start(
      { do: 'describe', categoryId: 'c', description: 'Mine' },
      { do: 'describe', categoryId: 'a', description: 'Mine too' },
    )
    const without = byBen(makeDraft(), { do: 'leaveCategory', categoryId: 'c' })
    const more = byBen(without, { do: 'describe', categoryId: 'a', description: 'Ben’s' })
    const now = receive(receive(mine, without, clock), more, clock)
    expect(now.clashes).toHaveLength(2)
    const kept = now.clashes.reduce(keepMine, now)
    const described = kept.shown.categories.map((one) => [one.categoryId, one.description])
    expect(described).toContainEqual(['c', 'Mine'])
    expect(described).toContainEqual(['a', 'Mine too'])
  })

  test('whose save is read while a step is on its way waits for that step', () => {
    const { step, now } = send(start(write('Mine')))
    const theirs = byBen({ ...applyStep(makeDraft(), step), edit: 1 }, rule('Ben’s'))
    const read = receive(now, theirs, clock)
    expect(read.saved.edit).toBe(0)
    const after = arrive(read, step)
    expect(after).toMatchObject({ pending: [], clashes: [] })
    expect(after.shown).toMatchObject({ persona: 'Mine', rules: 'Ben’s', edit: 2 })
  })

  test('was oneself, where the answer to a save was lost: it is not done twice, and is no clash', () => {
    const { step, now } = send(start(write('Mine')))
    const cut = endSending(fail(now, step, CUT).keeping, clock)
    const again = send(cut)
    const theirs = { ...applyStep(makeDraft(), step), edit: 1 }
    const { keeping } = look(again.now, again.step, LATE, { theirs }, clock)
    expect(keeping).toMatchObject({ pending: [], clashes: [], news: null })
  })

  test('who is faster again and again makes one wait a while', () => {
    let now = start(write('Mine'))
    let theirs = makeDraft()
    const went: string[] = []
    for (let n = 0; n < 8; n++) {
      const sending = send(now)
      theirs = byBen(theirs, rule(`Ben’s ${n}`))
      const going = look(sending.now, sending.step, LATE, { theirs }, clock)
      went.push(going.go)
      now = endSending(going.keeping, clock)
    }
    expect(went).toEqual([...Array.from({ length: 7 }, () => 'next'), 'wait'])
    expect(now.pending).toEqual([write('Mine')])
  })
})

describe('a draft that is none any more', () => {
  test('frozen: what is not in it is kept to be copied, and nothing more is sent', () => {
    const { step, now } = send(start(write('Mine')))
    const theirs = { ...makeDraft(1), number: 4 }
    const { keeping } = look(now, step, LATE, { theirs }, clock)
    const after = endSending(keeping, clock)
    expect(after).toMatchObject({ ended: { frozenAs: 4 }, pending: [write('Mine')] })
    expect(after.shown.persona).toBe('Mine')
    expect(nextToSend(after)).toBeNull()
  })

  test('frozen with all of it in: there is nothing to say', () => {
    expect(receive(start(), { ...makeDraft(1), number: 4 }, clock).ended).toBeNull()
  })

  test('discarded: the same', () => {
    const { step, now } = send(start(write('Mine')))
    const gone = { failure: { code: 'not_found', message: 'Gone.' } }
    const { keeping, go } = look(now, step, LATE, gone, clock)
    expect(go).toBe('stop')
    expect(keeping).toMatchObject({ ended: { frozenAs: null }, pending: [write('Mine')] })
    expect(nextToSend(endSending(keeping, clock))).toBeNull()
  })

  test('that can’t be looked at just now is looked at later', () => {
    const { step, now } = send(start(write('Mine')))
    const { keeping, go } = look(now, step, LATE, { failure: CUT }, clock)
    expect(go).toBe('wait')
    expect(keeping).toMatchObject({ ended: null, trouble: CUT.message, pending: [step] })
  })
})

test('an undo is one more change: it is sent after what it takes back', () => {
  const { step, now } = send(start(write('Mine')))
  const undone = turnKeeping(now, 'undo').keeping
  expect(undone.shown.persona).toBe(makeDraft().persona)
  const after = arrive(undone, step)
  expect(head(after)).toEqual(write(makeDraft().persona))
})
