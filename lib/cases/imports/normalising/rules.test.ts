import { describe, expect, it } from 'vitest'
import type { Mapping } from '@/lib/cases/imports/schema'
import { createNormaliser } from './rules'

const categories = [
  { id: '00000000-0000-7000-8000-000000000001', key: 'not-a-bug', name: 'Not a Bug' },
  { id: '00000000-0000-7000-8000-000000000002', key: 'intrinsic', name: 'Intrinsic' },
]
const [notABug, intrinsic] = categories.map(({ id }) => id)

const mapping: Mapping = {
  externalId: 'id',
  subject: 'title',
  messages: {
    kind: 'list',
    column: 'messages',
    text: 'body',
    author: 'author',
    role: 'role',
    time: 'at',
    roles: { customer: [], agent: ['Staff'], system: ['bot'] },
  },
  time: null,
  link: 'url',
  metadata: ['state'],
  label: { column: 'label', secondColumn: null, values: { odd: intrinsic ?? null, none: null } },
}
const normalise = createNormaliser(mapping, categories)
const row = (values: object) => normalise({ id: '1', messages: [{ body: 'x' }], ...values })

describe('messages', () => {
  it('are the customer’s by the first author, unless a role word says otherwise', () => {
    const messages = [
      { author: 'ann', role: 'NONE', body: 'help' },
      { author: 'bob', role: 'MEMBER', body: 'why' },
      { author: 'ann', role: 'NONE', body: 'so' },
      { author: 'ann', role: 'staff', body: 'I work here now' },
      { author: 'x', role: 'BOT', body: 'closed' },
    ]
    expect(row({ messages }).messages.map(({ role }) => role)).toEqual([
      'customer',
      'agent',
      'customer',
      'agent',
      'system',
    ])
  })

  it('are told apart by role where everybody has the same name', () => {
    const of = (role: string) => ({ author: 'anonymous', role, body: role })
    const messages = ['NONE', 'MEMBER', 'NONE'].map(of)
    expect(row({ messages }).messages.map(({ role }) => role)).toEqual([
      'customer',
      'agent',
      'customer',
    ])
  })

  it('stand in order of time, without empty ones, with LF line ends and no NUL', () => {
    const messages = [
      { author: 'b', at: '2026-01-02', body: 'second\r\nline\u0000' },
      { author: 'a', at: '2026-01-01', body: 'first\ud800' },
      { author: 'a', at: '2026-01-03', body: '' },
    ]
    expect(row({ messages }).messages.map(({ text }) => text)).toEqual([
      'first\ufffd',
      'second\nline',
    ])
    expect(row({ messages }).occurredAt).toBe('2026-01-01T00:00:00.000Z')
  })

  it('may be JSON in a cell', () => {
    expect(row({ messages: '[{"body":"hi"}]' }).messages[0]?.text).toBe('hi')
    expect(() => row({ messages: 'hello' })).toThrow('not a JSON list')
  })

  it('must have a time that can be read', () => {
    expect(() => row({ messages: [{ body: 'x', at: '1/2/26' }] })).toThrow('Message 1: “1/2/26”')
  })
})

describe('a case', () => {
  it('needs text and an external id', () => {
    expect(() => row({ messages: [] })).toThrow('no text')
    expect(row({ messages: [], title: 'Only a subject' }).messages[0]?.text).toBe('Only a subject')
    expect(() => row({ id: ' ' })).toThrow('external id')
    expect(() => row({ id: 'x'.repeat(501) })).toThrow('500')
  })

  it('keeps what is no web link out of the link', () => {
    expect(row({ url: 'https://example.com/1' }).link).toBe('https://example.com/1')
    const { link, metadata } = row({ url: 'javascript:alert(1)', state: 'closed' })
    expect(link).toBeNull()
    expect(metadata).toEqual({ state: 'closed', url: 'javascript:alert(1)' })
  })

  it('has the same hash whatever its line ends, authors and times, another for other words', () => {
    const of = (body: string, author = 'a') => row({ messages: [{ author, body }] }).textHash
    expect(of('a\r\nb')).toEqual(of('a\nb', 'other'))
    expect(of('a b')).not.toEqual(of('a c'))
    // Where one message ends and the next begins is part of the text.
    const split = row({ title: 's', messages: [{ body: 'a' }, { body: 'b' }] }).textHash
    expect(split).not.toEqual(row({ title: 's', messages: [{ body: 'a\nb' }] }).textHash)
  })

  it('takes its subject from the first line where the file has none', () => {
    const text =
      'The quick brown fox jumps over the lazy dog and then it goes on for quite a while more'
    const subject = row({ messages: [{ body: `${text}\nmore` }] }).subject
    expect(subject.endsWith('…')).toBe(true)
    expect(text.startsWith(subject.slice(0, -1))).toBe(true)
  })
})

describe('labels', () => {
  it('are found by choice, then by name or key', () => {
    expect(row({ label: 'odd' }).labelId).toBe(intrinsic)
    expect(row({ label: ' not A bug ' }).labelId).toBe(notABug)
    expect(row({ label: 'NOT_A_BUG' }).labelId).toBe(notABug)
    expect(row({ label: 'none' }).labelId).toBeNull()
    expect(row({ label: '' }).labelId).toBeNull()
    expect(row({}).labelId).toBeNull()
  })
  it('that nobody knows make the row bad', () => {
    expect(() => row({ label: 'Extrinsic' })).toThrow('“Extrinsic” is none of the categories')
    expect(() => row({ label: 'constructor' })).toThrow('none of the categories')
  })
})
