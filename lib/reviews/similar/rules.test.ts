import { describe, expect, it } from 'vitest'
import type { CaseContent } from '@/lib/cases/schema'
import { distinctWords, excerptOf, pickTellingWords, rankByLikeness } from './rules'

const content = (text: string, subject = ''): CaseContent => ({
  subject,
  messages: [
    { author: 'Bot', role: 'system', time: null, text: 'Ticket opened' },
    { author: 'Ann', role: 'customer', time: null, text },
  ],
})

it('finds a text by each of its words once, without single letters and endless ones', () => {
  const words = distinctWords(content(`A refund, a REFUND! ${'x'.repeat(50)}`))
  expect(words).toEqual(['ticket', 'opened', 'refund'])
})

describe('pickTellingWords', () => {
  const shares = new Map([
    ['the', 0.9],
    ['invoice', 0.02],
    ['login', 0.01],
    ['please', 0.6],
    ['export', 0.03],
    ['sync', 0.04],
  ])

  it('takes the rarest, and no common ones where there are many texts', () => {
    const picked = pickTellingWords(['the', 'invoice', 'login', 'please', 'zxq'], shares, 300)
    expect(picked).toEqual(['login', 'invoice', 'export', 'sync', 'zxq'])
  })

  it('takes common ones too where there are few texts', () => {
    expect(pickTellingWords(['the'], shares, 20)).toContain('the')
  })

  it('looks for a bounded number of words', () => {
    const many = Array.from({ length: 200 }, (_, at) => `word${at}`)
    const rare = new Map(many.slice(0, 100).map((word) => [word, 0.0001]))
    expect(pickTellingWords(many, rare, 300)).toHaveLength(24)
  })
})

describe('rankByLikeness', () => {
  const candidates = [
    { id: 'invoice', content: content('please help: the invoice shows a wrong amount') },
    { id: 'login', content: content('please help: the login page shows an error') },
    { id: 'other', content: content('weather') },
  ]

  it('puts first what shares rare words, and leaves out what shares only common ones', () => {
    const ranked = rankByLikeness(content('help, the amount on my invoice is wrong'), candidates)
    expect(ranked[0]?.id).toBe('invoice')
    expect(ranked.map(({ id }) => id)).not.toContain('other')
  })

  it('has nothing to say of an empty text', () => {
    expect(rankByLikeness({ subject: '', messages: [] }, candidates)).toEqual([])
  })
})

describe('excerptOf', () => {
  it('is the start of what the customer asked, in whole words', () => {
    const excerpt = excerptOf(content('one two\n three '.repeat(40)))
    expect(excerpt).toMatch(/^one two three one .*(one|two|three)…$/)
    expect(excerpt.length).toBeLessThanOrEqual(281)
  })

  it('is all of a short one', () => expect(excerptOf(content('Refund?'))).toBe('Refund?'))
})
