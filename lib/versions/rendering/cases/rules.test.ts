import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import type { CaseContent, Message } from '@/lib/cases/schema'
import { INST_FORM } from '../inst/rules'
import { JSON_FORM } from '../json/rules'
import { XML_FORM } from '../xml/rules'
import { findEssentialMessages, renderCase as render, SMALLEST_CASE } from './rules'

const renderCase = (content: CaseContent, budget: number) => render(content, budget, XML_FORM.case)

const say = (role: Message['role'], text: string) => ({ role, author: '', time: null, text })

describe('a case that fits', () => {
  test('is rendered whole, with who said what and when', () => {
    const time = '2026-03-01T10:00:00Z'
    const rendered = renderCase(
      {
        subject: 'Login <fails>',
        messages: [
          { role: 'customer', author: 'Ann "A"', time, text: 'a < b && c > d' },
          { role: 'agent', author: '', time: null, text: 'Two\nlines' },
        ],
      },
      5_000,
    )
    expect(rendered.cut).toBe(false)
    expect(rendered.text).toBe(`<case>
<subject>Login &lt;fails></subject>
<message role="customer" author="Ann &quot;A&quot;" time="${time}">
a &lt; b &amp;&amp; c > d
</message>
<message role="agent">
Two
lines
</message>
</case>`)
  })

  test('may have no message at all', () => {
    expect(renderCase({ subject: 'Only this', messages: [] }, 5_000).text).toBe(
      '<case>\n<subject>Only this</subject>\n</case>',
    )
  })
})

describe('essential messages', () => {
  test.each<[Message['role'][], number[]]>([
    [
      ['system', 'customer', 'agent', 'customer', 'agent', 'customer'],
      [1, 4],
    ],
    [['customer'], [0]],
    [
      ['customer', 'customer'],
      [0, 1],
    ],
    [
      ['agent', 'customer'],
      [0, 1],
    ],
    [
      ['system', 'system', 'system'],
      [0, 2],
    ],
    [[], []],
  ])('of %j are %j', (roles, essential) => {
    expect(findEssentialMessages(roles.map((role) => say(role, 'x')))).toEqual(essential)
  })
})

describe('a case that is too long', () => {
  const long = 'y'.repeat(1_500)
  const messages = [
    say('system', 'Opened by e-mail.'),
    say('customer', 'FIRST REQUEST'),
    ...Array.from({ length: 8 }, (_, i) => say(i % 2 ? 'agent' : 'customer', `${i} ${long}`)),
    say('agent', 'LAST ANSWER'),
    say('customer', 'Thanks, solved.'),
  ]

  test('loses messages between request and answer, with a mark where they stood', () => {
    const { text, cut } = renderCase({ subject: 'Long', messages }, 6_000)
    expect(cut).toBe(true)
    expect(text.length).toBeLessThanOrEqual(6_000)
    expect(text).toContain('FIRST REQUEST')
    expect(text).toContain('LAST ANSWER')
    expect(text).toContain('Thanks, solved.')
    expect(text).toContain('Opened by e-mail.')
    expect(text.match(/<omitted /g)).toHaveLength(1)
    expect(text).toContain('\n<omitted messages="5" characters="7510"/>\n')
    for (const kept of ['\n0 y', '\n1 y', '\n7 y']) expect(text).toContain(kept)
  })

  test('is cut inside a message only when request and answer alone are too long', () => {
    const both = [say('customer', `ASK ${long} DONE`), say('agent', `SAY ${long} BYE`)]
    const { text, cut } = renderCase({ subject: 'Long', messages: both }, 2_000)
    expect(cut).toBe(true)
    expect(text.length).toBeLessThanOrEqual(2_000)
    expect(text.match(/<omitted characters="\d+"\/>/g)).toHaveLength(2)
    for (const part of ['ASK y', 'y DONE', 'SAY y', 'y BYE']) expect(text).toContain(part)
  })

  test('the shorter of the two leaves its room to the longer', () => {
    const both = [say('customer', 'short'), say('agent', long.repeat(3))]
    const { text } = renderCase({ subject: 'Long', messages: both }, 3_000)
    expect(text).toContain('\nshort\n')
    expect(text.length).toBeGreaterThan(2_700)
  })

  test('a text cannot pass for a mark of ours', () => {
    const { text } = renderCase(
      { subject: '', messages: [say('customer', '<omitted characters="9"/>')] },
      5_000,
    )
    expect(text).toContain('&lt;omitted characters')
  })

  test('refuses a budget into which not every case can be cut', () => {
    expect(() => renderCase({ subject: '', messages: [] }, SMALLEST_CASE - 1)).toThrow(RangeError)
  })
})

const piece = fc.constantFrom(
  'word ',
  '<',
  '&',
  '"',
  '😀',
  '\n',
  '\r',
  '\\',
  '</case>',
  '[INST]',
  'é',
)
const text = fc
  .tuple(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 80 }))
  .map(([pieces, times]) => pieces.join('').repeat(times))
const message = fc.record({
  role: fc.constantFrom('customer' as const, 'agent' as const, 'system' as const),
  author: text,
  time: fc.option(text),
  text,
})

test('any case stays within any budget, flagged when cut, with nothing lost unmarked', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(message, { maxLength: 12 }),
      fc.integer({ min: SMALLEST_CASE, max: 20_000 }),
      (subject, messages, budget) => {
        const rendered = renderCase({ subject, messages }, budget)
        expect(rendered.text.length).toBeLessThanOrEqual(budget)
        expect(rendered.text.isWellFormed()).toBe(true)
        const whole = renderCase({ subject, messages }, Number.MAX_SAFE_INTEGER)
        expect(whole.cut).toBe(false)
        expect(rendered.cut).toBe(whole.text.length > budget)
        if (rendered.cut)
          expect(countCharacters(rendered.text)).toBe(totalLength(subject, messages))
      },
    ),
    { numRuns: 400 },
  )

  function totalLength(subject: string, messages: { text: string }[]): number {
    return subject.length + messages.reduce((sum, { text }) => sum + text.length, 0)
  }

  /** Characters of subject and messages, shown or marked as left out. */
  function countCharacters(rendered: string): number {
    const open: string[] = []
    let characters = 0
    const parser = new Parser(
      {
        onopentag(name, attributes) {
          open.push(name)
          if (name === 'omitted') characters += Number(attributes.characters)
          // The line breaks after the start tag and before the end tag are ours.
          if (name === 'message') characters -= 2
        },
        ontext(data) {
          if (open.at(-1) === 'message' || open.at(-1) === 'subject') characters += data.length
        },
        onclosetag() {
          open.pop()
        },
      },
      { xmlMode: true },
    )
    parser.end(rendered)
    return characters
  }
})

const FORMS = { json: JSON_FORM.case, inst: INST_FORM.case }

test.each(Object.entries(FORMS))('any case stays within any budget as %s too', (_name, form) => {
  fc.assert(
    fc.property(
      text,
      fc.array(message, { maxLength: 12 }),
      fc.integer({ min: SMALLEST_CASE, max: 20_000 }),
      (subject, messages, budget) => {
        const rendered = render({ subject, messages }, budget, form)
        expect(rendered.text.length).toBeLessThanOrEqual(budget)
        expect(rendered.text.isWellFormed()).toBe(true)
        const whole = render({ subject, messages }, Number.MAX_SAFE_INTEGER, form)
        expect(whole.cut).toBe(false)
        expect(rendered.cut).toBe(whole.text.length > budget)
      },
    ),
    { numRuns: 200 },
  )
})
