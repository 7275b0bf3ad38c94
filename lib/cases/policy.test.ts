import { describe, expect, it } from 'vitest'
import { mayOpenCase, mayOpenLabels } from './policy'

describe('mayOpenLabels', () => {
  it.each([
    ['reviewer', 'example', false, false],
    ['reviewer', 'example', true, true],
    ['reviewer', 'dev', false, false],
    ['reviewer', 'dev', true, true],
    ['reviewer', null, false, false],
    ['reviewer', 'test', true, false],
    ['prompt_engineer', 'example', false, true],
    ['prompt_engineer', 'dev', false, true],
    ['prompt_engineer', 'test', true, false],
    ['manager', 'dev', false, true],
    ['manager', 'test', false, false],
  ] as const)('%s, %s pool, answered %s: %s', (role, pool, hasAnswered, may) => {
    expect(mayOpenLabels({ role, isAdmin: false }, { pool, hasAnswered })).toBe(may)
  })

  it('does not open the test pool to an admin', () => {
    const facts = { pool: 'test', hasAnswered: false } as const
    expect(mayOpenLabels({ role: 'manager', isAdmin: true }, facts)).toBe(false)
    expect(mayOpenCase(facts)).toBe(false)
    expect(mayOpenCase({ pool: null })).toBe(true)
  })
})
