import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSensitive, planRedactions, redactText } from './rules'
import type { SensitiveKind } from './schema'

const found = (text: string): [SensitiveKind, string][] =>
  findSensitive(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])

describe('is found', () => {
  test.each<[SensitiveKind, string, string]>([
    ['email', 'jane.doe+aws@mail.example.co.uk', 'Write to jane.doe+aws@mail.example.co.uk.'],
    ['email', 'jörg@müller.de', 'mailto:jörg@müller.de?subject=x'],
    ['email', 'ops@example.com', '<ops@example.com>, thanks'],
    ['phone', '+1 415 555 2671', 'Call +1 415 555 2671 please'],
    ['phone', '+49 (0)30 1234567', 'or +49 (0)30 1234567.'],
    ['phone', '(415) 555-2671', 'at (415) 555-2671'],
    ['phone', '415-555-2671', 'at 415-555-2671, after nine'],
    ['phone', '1-800-555-0199', 'dial 1-800-555-0199'],
    ['phone', '030 12345678', 'Sie erreichen mich unter 030 12345678'],
    ['phone', '01 23 45 67 89', 'au 01 23 45 67 89'],
    ['phone', '01.23.45.67.89', 'au 01.23.45.67.89'],
    ['phone', '4155552671', 'my phone number is 4155552671'],
    ['phone', '020 7946 0018', 'Tel.: 020 7946 0018'],
    ['card', '4111 1111 1111 1111', 'card 4111 1111 1111 1111 12/26'],
    ['card', '5500-0000-0000-0004', 'card: 5500-0000-0000-0004'],
    ['card', '378282246310005', 'with 378282246310005'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'to DE89 3704 0044 0532 0130 00 and then'],
    ['iban', 'GB82WEST12345698765432', 'IBAN:GB82WEST12345698765432'],
    ['iban', 'nl91abna0417164300', 'nl91abna0417164300'],
    ['ip', '203.0.113.7', 'from 203.0.113.7:8443'],
    ['ip', '10.0.12.250', '10.0.12.250/32 is blocked'],
    ['ip', '2001:db8::8a2e:370:7334', 'at 2001:db8::8a2e:370:7334.'],
    ['ip', 'fe80::1%eth0', 'via fe80::1%eth0'],
    [
      'ip',
      '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      '[2001:0db8:85a3:0000:0000:8a2e:0370:7334]:443',
    ],
    ['ip', '::ffff:192.0.2.1', 'mapped ::ffff:192.0.2.1'],
    ['secret', 'AKIAIOSFODNN7EXAMPLE', 'key AKIAIOSFODNN7EXAMPLE leaked'],
    [
      'secret',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ],
    ['secret', 'abcdef0123456789ABCDEF', 'Authorization: Bearer abcdef0123456789ABCDEF'],
    ['secret', 'hunter2!', 'password=hunter2!'],
    ['secret', 'Tr0ub4dor', 'My password is Tr0ub4dor.'],
    ['secret', 'correct horse battery 9', '{"password": "correct horse battery 9"}'],
    ['secret', 'f3b1c2d4e5a697881234', 'token: f3b1c2d4e5a697881234'],
    ['secret', 'opensesameopensesame', "API_KEY='opensesameopensesame'"],
    ['secret', `ghp_${'a1B2'.repeat(9)}`, `use ghp_${'a1B2'.repeat(9)}`],
    ['secret', 'xoxb-123456789012-abcdefGHIJKL', 'xoxb-123456789012-abcdefGHIJKL'],
    ['secret', 's3cr3t', 'postgres://app:s3cr3t@db.internal:5432/x'],
    [
      'secret',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
      'see\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nthanks',
    ],
    [
      'secret',
      `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIB'.repeat(8)}`,
      `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIB'.repeat(8)}\nthat is all I have`,
    ],
    [
      'secret',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4',
      'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4',
    ],
  ])('%s: %s', (kind, value, text) => {
    expect(found(text)).toEqual([[kind, value]])
  })
})

describe('is left alone', () => {
  test.each([
    'Order 4155552671 of 2026-11-28 10:30:00',
    'order number 415-555-2671',
    'Case #0301234567, invoice 00012345678',
    'On 01-02-2024 10:30 and on 01.02.2024 we saw 12 errors',
    '2024-01-02 03:04:05',
    'Between 10:15:30 and 11:00:00',
    'Version 10.4.2.1 and v1.2.3.4 of the agent',
    'Open to 0.0.0.0/0 and to 127.0.0.1 or ::1',
    'std::vector, a::b and dead::beef',
    'MAC 00:1a:2b:3c:4d:5e',
    '550e8400-e29b-41d4-a716-446655440000',
    'Card 4111 1111 1111 1112 was mistyped',
    'DE89 3704 0044 0532 0130 01 was mistyped',
    'arn:aws:iam::123456789012:role/admin',
    'The password is required. Token: expired, secret: unknown!',
    'password=[SECRET_1] token: <your-token> secret=$SECRET_VALUE_1 pwd: ********',
    'Charge of 1,234,567.89 EUR for 1234567890123456 bytes',
    'Write to user@localhost or @someone',
    'You want to call us 12 times?',
    'basic understanding-of-the-matter',
  ])('%s', (text) => {
    expect(found(text)).toEqual([])
  })
})

test('the same value has the same number, however it is written', () => {
  expect(
    redactText('Ann@x.com called +1 415 555 2671; ann@X.com, +14155552671 or bob@x.com').text,
  ).toBe('[EMAIL_1] called [PHONE_1]; [EMAIL_1], [PHONE_1] or [EMAIL_2]')
  expect(redactText('a@x.com b@x.com a@x.com').replaced).toBe(3)
})

test('numbers that stand there already are not given to someone else', () => {
  expect(redactText('[EMAIL_2] wrote to bob@x.com').text).toBe('[EMAIL_2] wrote to [EMAIL_3]')
})

const planted = [
  'jane@example.com',
  '+49 30 1234567',
  '4111 1111 1111 1111',
  'DE89370400440532013000',
  '203.0.113.7',
  'password=hunter22',
  'postgres://u:p4ss@db/x',
]

test('passages are in their order, apart from each other, and the text between them stays', () => {
  const piece = fc.oneof(
    fc.constantFrom(...planted, 'token: "a b 9 c d e"', '-----BEGIN PRIVATE KEY-----'),
    fc.string({ maxLength: 8 }),
    fc.constantFrom(' ', '\n', '. ', ': ', '=', '-', '"'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      let at = 0
      let redacted = redactText(text).text
      for (const { start, end } of findSensitive(text)) {
        expect(start).toBeGreaterThanOrEqual(at)
        expect(end).toBeGreaterThan(start)
        const between = text.slice(at, start)
        expect(redacted.startsWith(between)).toBe(true)
        redacted = redacted.slice(between.length).replace(/^\[[A-Z]+_\d+\]/, '')
        at = end
      }
      expect(redacted).toBe(text.slice(at))
    }),
  )
})

test('what is planted between words is found, and a second look finds no more', () => {
  const words = fc.constantFrom('I', 'wrote to', 'them,', 'and then', 'nothing', '\n')
  fc.assert(
    fc.property(fc.array(fc.tuple(words, fc.constantFrom(...planted))), (pairs) => {
      const once = redactText(pairs.flat().join(' '))
      expect(once.replaced).toBe(pairs.length)
      expect(redactText(once.text)).toEqual({ text: once.text, replaced: 0 })
    }),
  )
})

test.each([
  ['letters', 'a'],
  ['digits', '1'],
  ['spaced digits', '1 '],
  ['dots', '1.1.1.'],
  ['colons', 'a:'],
  ['at signs', 'a@a.'],
  ['announcements', 'password="'],
  ['key blocks', '-----BEGIN PRIVATE KEY-----'],
  ['key ends', '-----BEGIN PRIVATE KEY----- -----END '],
  ['plus signs', '+1('],
  ['hyphens', 'eyJaaaaaaaaaaaa.a-'],
  ['spaces', 'tel   '],
  ['IBAN heads', 'DE89 '],
])('behind a hundred thousand characters of %s an address is found as ever', (_name, part) => {
  const text = `${part.repeat(Math.ceil(100_000 / part.length))}\nann@x.com`
  const last = findSensitive(text).at(-1)
  expect(last).toEqual({ kind: 'email', start: text.length - 9, end: text.length })
})

test.each([`password a1!${'x'.repeat(56)}😀 thanks`, `password: ${'x'.repeat(399)}😀 thanks`])(
  'no passage ends within a character: %#',
  (text) => {
    const { text: redacted, replaced } = redactText(text)
    expect(replaced).toBe(1)
    expect(redacted.isWellFormed()).toBe(true)
  },
)

test('what stands for a passage can be shown beside it', () => {
  const text = 'ann@x.com and 203.0.113.7'
  const plan = planRedactions(text)
  expect(plan.map(({ start, end, placeholder }) => [text.slice(start, end), placeholder])).toEqual([
    ['ann@x.com', '[EMAIL_1]'],
    ['203.0.113.7', '[IP_1]'],
  ])
})
