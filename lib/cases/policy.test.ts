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
    const facts = { pool, hasAnswered, isAsked: false }
    expect(mayOpenLabels({ role, isAdmin: false }, facts)).toBe(may)
  })

  it('waits for the answer of whoever has the case in hand', () => {
    const engineer = { role: 'prompt_engineer', isAdmin: true } as const
    const asked = { pool: 'dev', hasAnswered: false, isAsked: true } as const
    expect(mayOpenLabels(engineer, asked)).toBe(false)
    expect(mayOpenLabels(engineer, { ...asked, hasAnswered: true, isAsked: false })).toBe(true)
  })

  it('closes again for whoever is asked a second time', () => {
    const asked = { pool: 'dev', hasAnswered: true, isAsked: true } as const
    expect(mayOpenLabels({ role: 'reviewer', isAdmin: false }, asked)).toBe(false)
    expect(mayOpenLabels({ role: 'manager', isAdmin: true }, asked)).toBe(false)
  })

  it('does not open the test pool to an admin', () => {
    const facts = { pool: 'test', hasAnswered: false, isAsked: false } as const
    expect(mayOpenLabels({ role: 'manager', isAdmin: true }, facts)).toBe(false)
    expect(mayOpenCase(facts)).toBe(false)
    expect(mayOpenCase({ pool: null })).toBe(true)
  })
})
