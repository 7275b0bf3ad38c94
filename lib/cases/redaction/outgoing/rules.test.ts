import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseContent } from '@/lib/cases/schema'
import { restoreText } from '../placeholders/rules'
import type { RedactionSetting } from '../schema'
import { hideInCase, NOTHING_REPLACED, startHiding } from './rules'

const on: RedactionSetting = { on: true, fields: ['customer', 'account id'], authors: true }

const caseOf = (subject: string, ...texts: string[]): CaseContent => ({
  subject,
  messages: texts.map((text, i) => ({
    ...{ text, time: null },
    ...(i % 2 === 0
      ? ({ author: 'Dana Whitlock', role: 'customer' } as const)
      : ({ author: 'Support', role: 'agent' } as const)),
  })),
})
const metadata = { customer: 'Brackwater Tiles', 'account id': '882-44-107', plan: 'Team' }

describe('what leaves for the model', () => {
  const content = caseOf(
    'Brackwater Tiles can’t sign in',
    'Write to ann@x.com or call 00 44 20 7946 0123 ext. 12. We have the Team plan. Dana Whitlock',
    'Hello Dana Whitlock, I wrote to ANN@x.com. Account 882-44-107 of BRACKWATER  TILES is open.',
  )
  const { content: sent, replaced } = hideInCase({ content, metadata }, on)

  test('has placeholders for what is recognised, and for what is known of the case', () => {
    expect(sent.subject).toBe('[CUSTOMER_1] can’t sign in')
    expect(sent.messages.map(({ author, text }) => [author, text])).toEqual([
      ['[AUTHOR_1]', 'Write to [EMAIL_1] or call [PHONE_1]. We have the Team plan. [AUTHOR_1]'],
      [
        'Support',
        'Hello [AUTHOR_1], I wrote to [EMAIL_1]. Account [ACCOUNT_ID_1] of [CUSTOMER_1] is open.',
      ],
    ])
  })

  test('is told with every way of writing and how often', () => {
    expect(replaced).toContainEqual({
      ...{ placeholder: '[CUSTOMER_1]', kind: 'field', times: 2 },
      values: ['Brackwater Tiles', 'BRACKWATER  TILES'],
    })
    expect(replaced).toContainEqual({
      ...{ placeholder: '[EMAIL_1]', kind: 'email', times: 2 },
      values: ['ann@x.com', 'ANN@x.com'],
    })
  })

  test('is written back so that a quotation stands in the case again', () => {
    const sources = content.messages.map(({ text }) => text)
    expect(restoreText('I wrote to [EMAIL_1].', replaced, sources)).toBe('I wrote to ANN@x.com.')
    expect(restoreText('Account [ACCOUNT_ID_1] of [CUSTOMER_1]', replaced, sources)).toBe(
      'Account 882-44-107 of BRACKWATER  TILES',
    )
  })

  test('is the case itself where the project has switched it off', () => {
    expect(hideInCase({ content, metadata }, NOTHING_REPLACED)).toEqual({ content, replaced: [] })
  })
})

test('a text with placeholders of its own is not mixed up with them', () => {
  const content = caseOf('', 'The log says [EMAIL_1] and [CUSTOMER_1]; I am bob@x.com')
  const { content: sent, replaced } = hideInCase(
    { content, metadata: { customer: 'customer' } },
    on,
  )
  expect(sent.messages[0]?.text).toBe('The log says [EMAIL_1] and [CUSTOMER_1]; I am [EMAIL_2]')
  expect(restoreText('[EMAIL_1] and [EMAIL_2]', replaced)).toBe('[EMAIL_1] and bob@x.com')
})

describe('what merely looks like a placeholder', () => {
  const sent = (text: string) =>
    hideInCase({ content: caseOf('', text), metadata }, on).content.messages[0]?.text

  test.each([
    ['[ORDER_4111111111111111_2]', '4111111111111111'],
    ['[CUSTOMER_4915112345678_01]', '4915112345678'],
    ['[AKIAIOSFODNN7EXAMPLE_1]', 'AKIAIOSFODNN7EXAMPLE'],
    ['[PLAN_4111111111111111_1]', '4111111111111111'],
    ['a [NOTE_1] of [CARD_4111111111111111_1] by ann@x.com', '4111111111111111'],
  ])('%s is a text like any other', (text, value) => {
    expect(sent(text)).not.toContain(value)
  })

  test('what stands around it is found as ever', () => {
    expect(sent('a [NOTE_1] of [ORDER_4111111111111111_2], ann@x.com')).toBe(
      'a [NOTE_1] of [ORDER_[CARD_1]_2], [EMAIL_1]',
    )
  })

  test('the product’s own stay, of kinds and of chosen fields', () => {
    const own = '[EMAIL_1] [AUTHOR_2] [SECRET_3] [ACCOUNT_ID_4] [CUSTOMER_5]'
    expect(sent(own)).toBe(own)
  })
})

describe('known values', () => {
  const sent = (text: string, value: string, author = '') =>
    hideInCase(
      {
        content: {
          subject: '',
          messages: [{ author, role: 'customer', time: null, text }],
        },
        metadata: { customer: value },
      },
      on,
    ).content.messages[0]?.text

  test.each([
    [
      'Northwind-prod of northwind, not Northwinds',
      'Northwind',
      '[CUSTOMER_1]-prod of [CUSTOMER_1], not Northwinds',
    ],
    ['田中商事の山田です', '田中商事', '[CUSTOMER_1]の山田です'],
    ['a (b) [c] d', '(b) [c]', 'a [CUSTOMER_1] d'],
    ['Plan 12 has 120 seats, ai', '12', 'Plan 12 has 120 seats, ai'],
    ['email of acme: info@acme.com', 'acme', 'email of [CUSTOMER_1]: [EMAIL_1]'],
    ['arn:aws:iam::123456789012:role/x', '123456789012', 'arn:aws:iam::[CUSTOMER_1]:role/x'],
  ])('%s', (text, value, expected) => {
    expect(sent(text, value)).toBe(expected)
  })

  test('a first name that is a word is only taken as it is written', () => {
    expect(sent('Mark, please mark it', '', 'Mark')).toBe('[AUTHOR_1], please mark it')
    expect(sent('The customer asks', '', 'Customer')).toBe('The customer asks')
  })
})

test('several texts that are read together share their numbers', () => {
  const { hide, list } = startHiding(on, [{ content: caseOf('', 'x'), metadata }], ['a@x.com', 'b'])
  expect(hide('a@x.com')).toBe('[EMAIL_1]')
  expect(hide('note: a@x.com, Brackwater Tiles')).toBe('note: [EMAIL_1], [CUSTOMER_1]')
  expect(list().map(({ times }) => times)).toEqual([2, 1])
})

const pieces = fc.constantFrom(
  ...['ann@x.com', '+49 30 901820', '4111 1111 1111 1111', '203.0.113.7', 'password=hunter22'],
  ...['Brackwater Tiles', 'Dana Whitlock', '[EMAIL_1]', '[EMAIL', '_1]', '[', ' ', '. ', '\n', 'x'],
)

test('every text is written back, and a second time replaces nothing', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
      const content = caseOf('', parts.join(' '))
      const once = hideInCase({ content, metadata }, on)
      const [said, source] = [once.content.messages[0]?.text ?? '', content.messages[0]?.text ?? '']
      expect(restoreText(said, once.replaced, [source])).toBe(source)
      expect(hideInCase({ content: once.content, metadata }, on).content).toEqual(once.content)
    }),
  )
})

test.each([
  ...[
    '1',
    '1 ',
    '+1(',
    '+1 415 555 2671 ',
    '00 49 ',
    '[EMAIL_1]',
    'Dana Whitlock ',
    'A1b2',
    'a (at) ',
  ],
  ...['x%40', 'my number is ', '[A', 'Brackwater ', 'curl -u a:b '],
])('behind a hundred thousand characters of “%s” an address is replaced as ever', (part) => {
  const content = caseOf('', `${part.repeat(Math.ceil(100_000 / part.length))}\nann@x.com`)
  const { content: hidden } = hideInCase({ content, metadata }, on)
  expect(hidden.messages[0]?.text).toMatch(/\n\[EMAIL_\d\]$/)
})
