import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '../queue/schema'
import { claimsWanted, isPending, nextSession, startSession } from './rules'
import type { Pending, Session, SessionEvent } from './schema'

const claim = (n: number, leaseUntil = 'soon'): Claim => ({
  assignmentId: `a${n}`,
  leaseUntil,
  case: {
    ...{ id: `c${n}`, externalId: `T-${n}`, subject: `Case ${n}`, messages: [], link: null },
    metadata: {},
  },
  suggestion: { labelId: 'defect' } as Claim['suggestion'],
})
let made = 0
const answer = (n: number): Extract<SessionEvent, { type: 'answered' }> => ({
  type: 'answered',
  thumb: 'up',
  pending: {
    kind: 'answer',
    externalId: `T-${n}`,
    input: {
      ...{ id: `r${n}-${made++}`, assignmentId: `a${n}`, suggestionId: 's', labelId: 'defect' },
      ...{ closeCall: false, secondLabelId: null, wrongReason: false, note: '', seconds: 1 },
      answeredAt: '2026-01-01T00:00:00Z',
    },
  },
})
const undo = (session: Session): SessionEvent | null => {
  const last = session.past.at(-1)
  if (!last) return null
  const { assignmentId } = last.claim
  const input = { id: `u${made++}`, reviewId: last.reviewId }
  return { type: 'taken_back', pending: { kind: 'undo', externalId: '', assignmentId, input } }
}
const play = (...events: SessionEvent[]) => events.reduce(nextSession, startSession())
const inView = (session: Session) => session.queue.map(({ assignmentId }) => assignmentId)
const claimed = (...ns: number[]): SessionEvent => ({
  type: 'claimed',
  claims: ns.map((n) => claim(n)),
})

describe('the session', () => {
  it('has the next case at hand at once, and keeps the answer until it is sent', () => {
    const first = answer(1)
    const session = play(claimed(1, 2, 3), first)
    expect(inView(session)).toEqual(['a2', 'a3'])
    expect(session.outbox).toEqual([first.pending])
    const sent = nextSession(session, { type: 'sent', id: first.pending.input.id })
    expect(sent.outbox).toEqual([])
  })

  it('does not bring back what was answered while a batch was on its way', () => {
    expect(inView(play(claimed(1, 2), answer(1), claimed(1, 2, 3)))).toEqual(['a2', 'a3'])
  })

  it('takes the newest leases, and leaves the case in view alone where nothing changed', () => {
    const before = play(claimed(1, 2))
    const claims = [claim(1), claim(2, 'later')]
    const after = nextSession(before, { type: 'claimed', claims })
    expect(after.queue[0]).toBe(before.queue[0])
    expect(after.queue[1]?.leaseUntil).toBe('later')
    expect(after.supply).toBe('none')
  })

  it('puts an answer that is taken back in view again, ready for another', () => {
    const before = play(claimed(1, 2), answer(1))
    const back = undo(before)
    if (!back) throw new Error('nothing to take back')
    const after = nextSession(before, back)
    expect(inView(after)).toEqual(['a1', 'a2'])
    expect(after.outbox.map(({ kind }) => kind)).toEqual(['answer', 'undo'])
    const again = nextSession(after, answer(1))
    expect(inView(again)).toEqual(['a2'])
    expect(again.outbox.map(({ kind }) => kind)).toEqual(['answer', 'undo', 'answer'])
  })

  it('keeps what fails first in line, and goes on after a retry', () => {
    const first = answer(1)
    const { id } = first.pending.input
    const away = { why: 'offline', message: 'Away.' } as const
    const failed = nextSession(play(claimed(1, 2), first), { type: 'failed', id, ...away })
    expect(failed.failure).toEqual(away)
    expect(failed.outbox).toHaveLength(1)
    expect(nextSession(failed, { type: 'retried' })).toMatchObject({ failure: null, outbox: [{}] })
  })

  it('keeps a refused answer in view until it was read, and lets its case come back', () => {
    const first = answer(1)
    const { id } = first.pending.input
    const refused = nextSession(play(claimed(1, 2), first), { type: 'refused', id, message: 'No.' })
    expect(refused.outbox).toEqual([])
    expect(refused.past).toEqual([])
    expect(refused.refused).toEqual([{ pending: first.pending, message: 'No.' }])
    expect(inView(nextSession(refused, claimed(1)))).toEqual(['a2', 'a1'])
    expect(nextSession(refused, { type: 'read', id }).refused).toEqual([])
  })

  it('starts with what an earlier page could not send', () => {
    const waiting = [answer(1).pending]
    const session = play({ type: 'kept', waiting, refused: [] }, claimed(1, 2))
    expect(session.outbox).toEqual(waiting)
    expect(inView(session)).toEqual(['a2'])
  })

  it('gives back a case whose answer an earlier page has taken back', () => {
    const before = play(claimed(1), answer(1))
    const back = undo(before)
    if (!back) throw new Error('nothing to take back')
    const waiting = nextSession(before, back).outbox
    expect(inView(play({ type: 'kept', waiting, refused: [] }, claimed(1)))).toEqual(['a1'])
  })

  it('takes out of view what was answered in another window', () => {
    const other = answer(1).pending
    const session = play(claimed(1, 2), { type: 'kept', waiting: [other], refused: [] })
    expect(inView(session)).toEqual(['a2'])
    expect(session.outbox).toEqual([other])
  })

  it('lets nothing out of the outbox because it is kept nowhere else', () => {
    const first = answer(1)
    const session = play(claimed(1, 2), first, { type: 'kept', waiting: [], refused: [] })
    expect(session.outbox).toEqual([first.pending])
  })

  it('shows conflicts of an earlier page, and those alone that nobody has read', () => {
    const refused = [{ pending: answer(1).pending, message: 'No.' }]
    const session = play({ type: 'kept', waiting: [], refused })
    expect(session.refused).toEqual(refused)
    expect(nextSession(session, { type: 'kept', waiting: [], refused: [] }).refused).toEqual([])
  })

  it('keeps what the server told after an answer, and what was said before of a case', () => {
    const first = answer(1)
    const { id } = first.pending.input
    const after = { check: null, precedents: [], revealable: true }
    const told = nextSession(play(claimed(1, 2), first), { type: 'sent', id, after })
    expect(told.past[0]?.after).toEqual(after)
    const said = { labelId: 'billing', closeCall: true, secondLabelId: 'defect', note: 'Hm.' }
    const returned = { claim: claim(9), ...said }
    const back = nextSession(told, { type: 'sent', id: 'u', returned })
    expect(inView(back)).toEqual(['a9', 'a2'])
    expect(back.former).toEqual({ a9: said })
  })

  it('looks for more once the last unsent answer has arrived', () => {
    const first = answer(1)
    const none = play(claimed(1), first, claimed())
    expect(claimsWanted(none)).toBe(0)
    const sent = nextSession(none, { type: 'sent', id: first.pending.input.id })
    expect(claimsWanted(sent)).toBe(6)
  })

  it('asks for more before the cases run out, and not again when there are none', () => {
    expect(claimsWanted(startSession())).toBe(6)
    expect(claimsWanted(play(claimed(1, 2, 3, 4, 5)))).toBe(0)
    expect(claimsWanted(play(claimed(1, 2, 3, 4), answer(1)))).toBe(7)
    expect(claimsWanted(play(claimed(1, 2), claimed(1, 2)))).toBe(0)
  })

  it('drops cases that someone else has taken', () => {
    const event: SessionEvent = { type: 'renewed', leaseUntil: 'later', lost: ['a1'] }
    const session = play(claimed(1, 2), event)
    expect(session.queue).toEqual([claim(2, 'later')])
  })

  it('looks again when the last case is done, and when there may be more', () => {
    const none = play(claimed(1), claimed(1))
    expect(claimsWanted(none)).toBe(0)
    expect(claimsWanted(nextSession(none, answer(1)))).toBe(7)
    expect(claimsWanted(nextSession(none, { type: 'hoped' }))).toBe(6)
  })
})

it('loses no answer and shows no case twice, whatever the order of things', () => {
  const moves = fc.array(fc.constantFrom('claim', 'answer', 'undo', 'send', 'fail', 'refuse'))
  fc.assert(
    fc.property(moves, (names) => {
      let session = startSession()
      let next = 0
      const done: Pending[] = []
      const settled = new Set<string>()
      for (const name of names) {
        const [current] = session.queue
        const [head] = session.outbox
        let event: SessionEvent | null = null
        if (name === 'claim') event = claimed(...new Set([next++, Math.max(0, next - 4)]))
        if (name === 'answer' && current) event = answer(Number(current.assignmentId.slice(1)))
        if (name === 'undo') event = undo(session)
        if (name === 'send' && head) event = { type: 'sent', id: head.input.id }
        if (name === 'fail' && head) event = failedOf(head)
        if (name === 'refuse' && head) event = { type: 'refused', id: head.input.id, message: '' }
        if (!event) continue
        if (event.type === 'answered' || event.type === 'taken_back') done.push(event.pending)
        if (event.type === 'sent' || event.type === 'refused') settled.add(event.id)
        session = nextSession(session, event)
        expect(new Set(inView(session)).size).toBe(session.queue.length)
        const unsettled = done.filter((pending) => !settled.has(pending.input.id))
        expect(session.outbox).toEqual(unsettled)
      }
    }),
  )
})

describe('isPending', () => {
  it('knows what a page has kept', () => {
    const taken = undo(play(claimed(1), answer(1)))
    const kept = [answer(1), taken].flatMap((event) =>
      event && 'pending' in event ? [event.pending] : [],
    )
    expect(kept).toHaveLength(2)
    expect(JSON.parse(JSON.stringify(kept)).every(isPending)).toBe(true)
  })

  it('leaves out what cannot be sent', () => {
    const { pending } = answer(1)
    const broken = [null, 7, 'x', {}, { ...pending, kind: 'shout' }, { ...pending, input: {} }]
    expect(broken.filter(isPending)).toEqual([])
  })
})

const failedOf = ({ input }: Pending): SessionEvent => ({
  ...{ type: 'failed', id: input.id, why: 'offline', message: '' },
})
