import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VersionView } from '../../schema'
import { isSamePart, type Part, partsOf } from '../merging/rules'
import { applyStep, hasTarget, type Step } from '../steps/rules'
import { makeDraft, stepIn } from '../testing/drafts'
import {
  beginKeeping,
  confirm,
  endSending,
  fail,
  type Going,
  type Keeping,
  keepMine,
  look,
  nextToSend,
  performSteps,
  receive,
  retry,
  startSending,
} from './rules'

/**
 * One person types, the network fails in every way, and others save between any two moments. Whatever the
 * order, no word is lost in silence: what was typed last into a part is saved at some time, or is waiting
 * and on screen.
 */

const typing = fc.oneof(
  fc.record({ into: fc.constantFrom('persona' as const, 'rules' as const, 'note' as const) }),
  fc.record({ into: fc.constant('category' as const), at: fc.nat(3) }),
  fc.record({ into: fc.constant('example' as const), at: fc.nat(3) }),
)
const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('type' as const), typing }) },
  { weight: 4, arbitrary: fc.constant({ does: 'send' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      // Reached the server and was answered; never reached it; reached it, and the answer was lost.
      how: fc.constantFrom('well' as const, 'well' as const, 'cut' as const, 'lost' as const),
      canLook: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('other' as const), seed: fc.nat(500) }) },
  { weight: 2, arbitrary: fc.constant({ does: 'read' as const }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('choose' as const), which: fc.nat(5) }) },
)
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never
type Typing = typeof typing extends fc.Arbitrary<infer T> ? T : never

const CUT = { code: 'unavailable', message: 'Cut.' }

/** What was typed last into a part, until the server has held it. */
type Word = { part: Part; text: string; isSaved: boolean }

class World {
  server: VersionView = makeDraft()
  keeping: Keeping = beginKeeping(this.server)
  onItsWay: { step: Step; base: VersionView } | null = null
  words: Word[] = []
  clock = 0
  typed = 0

  handle(happened: Event) {
    this.clock += 60_000
    if (happened.does === 'type') this.type(happened.typing)
    else if (happened.does === 'send') this.send()
    else if (happened.does === 'answer') this.answer(happened.how, happened.canLook)
    else if (happened.does === 'other') this.save(stepIn(this.server, happened.seed))
    else if (happened.does === 'read') {
      this.keeping = receive(this.keeping, this.server, this.clock)
    } else {
      const part = this.keeping.clashes[happened.which % Math.max(1, this.keeping.clashes.length)]
      if (part) this.keeping = keepMine(this.keeping, part)
    }
  }

  type(into: Typing) {
    const text = `mine ${this.typed++}`
    const { categories, examples } = this.keeping.shown
    let step: Step
    if (into.into === 'category') {
      const categoryId = categories[into.at % Math.max(1, categories.length)]?.categoryId
      if (!categoryId) return
      step = { do: 'describe', categoryId, description: text }
    } else if (into.into === 'example') {
      const id = examples[into.at % Math.max(1, examples.length)]?.id
      if (!id) return
      step = { do: 'changeExample', id, change: { text } }
    } else step = { do: 'set', fields: { [into.into]: text } }
    this.keeping = performSteps(this.keeping, [step], this.clock)
    const [part] = partsOf(step)
    if (!part) return
    this.words = this.words.filter((word) => !isSamePart(word.part, part))
    this.words.push({ part, text, isSaved: false })
  }

  /** Someone's step, as the server takes it. */
  save(step: Step) {
    const next = applyStep(this.server, step)
    if (next === this.server) return
    this.server = { ...next, edit: this.server.edit + 1, savedBy: 'Someone' }
    for (const word of this.words) word.isSaved ||= readPart(this.server, word.part) === word.text
  }

  send() {
    const step = nextToSend(this.keeping)
    if (!step) return
    this.onItsWay = { step, base: this.keeping.saved }
    this.keeping = startSending(this.keeping, step)
  }

  answer(how: 'well' | 'cut' | 'lost', canLook: boolean) {
    if (!this.onItsWay) return
    const { step, base } = this.onItsWay
    this.onItsWay = null
    const isTaken = base.edit === this.server.edit && hasTarget(this.server, step)
    if (how !== 'cut' && isTaken) {
      const { edit } = this.server
      this.save(step)
      // Saving what it says already counts as a save too.
      this.server = { ...this.server, edit: edit + 1 }
    }
    if (how === 'well' && isTaken) {
      const { edit, savedAt, savedBy } = this.server
      this.keeping = confirm(this.keeping, step, { edit, savedAt, savedBy })
    } else {
      const failure = how === 'well' ? { code: 'conflict', message: 'Late.' } : CUT
      this.keeping = this.goOn(step, failure, canLook).keeping
    }
    this.keeping = endSending(this.keeping, this.clock)
  }

  goOn(step: Step, failure: { code: string; message: string }, canLook: boolean): Going {
    const going = fail(this.keeping, step, failure)
    if (going.go !== 'look') return going
    const found = canLook ? { theirs: this.server } : { failure: CUT }
    return look(going.keeping, step, failure, found, this.clock)
  }

  /** Nothing fails any more, nobody else is there, and all that is in question is kept as one's own. */
  settle() {
    for (let round = 0; round < 200; round++) {
      this.answer('well', true)
      this.keeping = retry(receive(this.keeping, this.server, this.clock))
      for (const part of this.keeping.clashes) this.keeping = keepMine(this.keeping, part)
      if (this.keeping.pending.length === 0) return
      this.send()
    }
  }
}

function readPart({ categories, examples, ...draft }: VersionView, part: Part): unknown {
  if (part.kind === 'field') return draft[part.field]
  if (part.kind === 'category') {
    return categories.find(({ categoryId }) => categoryId === part.id)?.description
  }
  if (part.kind === 'example') return examples.find(({ id }) => id === part.id)?.text
  return undefined
}

const isWaiting = ({ pending }: Keeping, { part, text }: Word): boolean =>
  pending.some(
    (step) =>
      partsOf(step).some((one) => isSamePart(one, part)) && JSON.stringify(step).includes(text),
  )

test('no word is lost in silence, whatever comes between', () => {
  let clashes = 0
  let retries = 0
  fc.assert(
    fc.property(fc.array(event, { minLength: 5, maxLength: 60 }), (events) => {
      const world = new World()
      for (const happened of events) {
        world.handle(happened)
        clashes += world.keeping.clashes.length
        retries += world.keeping.failures
        for (const word of world.words) {
          const isKept = word.isSaved || isWaiting(world.keeping, word)
          expect(isKept, `${JSON.stringify(word)} after ${happened.does}`).toBe(true)
        }
        expect(world.keeping.refused).toEqual([])
      }
      world.settle()
      expect(world.keeping.pending).toEqual([])
      expect(world.words.filter(({ isSaved }) => !isSaved)).toEqual([])
      expect(world.keeping.shown).toMatchObject({
        ...{ persona: world.server.persona, rules: world.server.rules },
        ...{ categories: world.server.categories, examples: world.server.examples },
      })
    }),
    { numRuns: 4_000 },
  )
  // The runs have been where a word could get lost, or they prove nothing.
  expect(Math.min(clashes, retries)).toBeGreaterThan(100)
})
