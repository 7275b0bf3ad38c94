import { describe, expect, test } from 'vitest'
import { count, dateTime, day, duration, interval, money, percent } from './figures'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('figures as people read them', () => {
  test.each([
    [percent(0.84), '84.0 %'],
    [percent(1), '100.0 %'],
    [percent(null), '–'],
    [percent(Number.NaN), '–'],
    [interval(0.7731, 0.8899), '77.3 – 89.0 %'],
    [interval(undefined, 1), '–'],
    [count(1234567), '1,234,567'],
    [money(4_120_000), '$4.12'],
    [money(0), '$0.00'],
    [money(3_812), '$0.0038'],
    [money(90_000), '$0.09'],
    [money(1_234_567_890), '$1,234.57'],
    [dateTime('2026-11-03T14:05:00.000Z'), '3 Nov 2026, 14:05 UTC'],
    [dateTime('rubbish'), '–'],
    [day('2026-12-04'), '4 Dec 2026'],
    [duration(340), '340 ms'],
    [duration(4_200), '4.2 s'],
    [duration(59_990), '1 min 0 s'],
    [duration(200_000), '3 min 20 s'],
    [duration(7_500_000), '2 h 5 min'],
  ])('%s', (shown, expected) => {
    expect(plain(shown)).toBe(expected)
  })
})
