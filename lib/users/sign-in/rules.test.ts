import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ATTEMPT_WINDOW_MS,
  clientAddress,
  DEMO_PEOPLE,
  retryAt,
  safeNext,
  tooManyMessage,
} from './rules'

const NOW = Date.UTC(2026, 10, 20, 12)
const minutesAgo = (...minutes: number[]) => minutes.map((ago) => NOW - ago * 60_000)

describe('limiting tries', () => {
  test('as many as the limit are looked at', () => {
    expect(retryAt(minutesAgo(3, 2, 0), 3, NOW)).toBeNull()
  })

  test('one more is refused until the oldest of the others is out of the window', () => {
    expect(retryAt(minutesAgo(9, 3, 2, 0), 3, NOW)).toBe(NOW - 9 * 60_000 + ATTEMPT_WINDOW_MS)
  })

  test('tries before the window do not count', () => {
    expect(retryAt(minutesAgo(16, 15, 3, 2, 0), 3, NOW)).toBeNull()
  })

  test('what it promises it keeps: at that time one more try is looked at', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: ATTEMPT_WINDOW_MS * 2 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (ages, limit) => {
          const others = ages.map((age) => NOW - age)
          const until = retryAt([...others, NOW], limit, NOW)
          if (until === null) return
          expect(until).toBeGreaterThan(NOW)
          expect(retryAt([...others, until], limit, until)).toBeNull()
          expect(retryAt([...others, until - 1], limit, until - 1)).not.toBeNull()
        },
      ),
    )
  })

  test('says how long to wait', () => {
    expect(tooManyMessage(NOW + 61_000, NOW)).toContain('in 2 minutes')
    expect(tooManyMessage(NOW + 1, NOW)).toContain('in a minute')
  })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['1.2.3.4, 203.0.113.9', '203.0.113.9'],
  ['made up,203.0.113.9 ', '203.0.113.9'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('the address in %j is %j', (header, address) => {
  expect(clientAddress(header)).toBe(address)
})

describe('where to go after signing in', () => {
  test.each(['/projects/a/review', '/?all', '/projects/a/cases?category=x&page=2'])(
    '%s',
    (path) => {
      expect(safeNext(path)).toBe(path)
    },
  )

  test.each([
    null,
    '',
    'projects',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\nb',
    '/api/x',
  ])('not %j', (path) => {
    expect(safeNext(path)).toBe('/')
  })

  test('never leaves the site, whatever is asked for', () => {
    const site = 'https://closecall.example'
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'/\\.:@?#a\t\n%') }).map((rest) => `/${rest}`),
    )
    fc.assert(
      fc.property(anything, (path) => {
        expect(new URL(safeNext(path), site).origin).toBe(site)
      }),
      { numRuns: 1000 },
    )
  })
})

test('of the demo people only the admin is one', () => {
  const admins = Object.entries(DEMO_PEOPLE).filter(([, person]) => person.isAdmin)
  expect(admins.map(([name]) => name)).toEqual(['admin'])
})
