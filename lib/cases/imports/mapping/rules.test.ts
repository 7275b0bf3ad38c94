import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProfiler } from '@/lib/cases/imports/columns/rules'
import { isBad, rowReader } from '@/lib/cases/imports/rows/rules'
import type { ImportFormat } from '@/lib/cases/imports/schema'
import { guessMapping } from './rules'

function guess(file: Buffer, format: ImportFormat, names: string[] = []) {
  const reader = rowReader(format, file)
  const profiler = createProfiler()
  for (const row of [...reader.push(file), ...reader.end()].slice(0, 1_000)) {
    if (!isBad(row)) profiler.add(row.values)
  }
  const categories = names.map((name) => ({ id: `id of ${name}`, key: name.toLowerCase(), name }))
  return guessMapping(profiler.columns(), categories)
}

const lines = (...rows: object[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))

describe('guessMapping', () => {
  it('finds a thread by its shape and roles by their words', () => {
    const file = lines(
      {
        TicketNo: 'A-1',
        Summary: 'Cannot log in',
        opened_at: '2026-01-01 10:00',
        plan: 'Team',
        chat: [
          { sender: 'Ann', sender_type: 'customer', sent: 1, text: 'Help' },
          { sender: 'Bob', sender_type: 'agent', sent: 2, text: 'Sure' },
        ],
        reason: 'Billing',
      },
      {
        TicketNo: 'A-2',
        Summary: 'x',
        opened_at: '2026-01-02 10:00',
        plan: 'Team',
        reason: 'Defect',
      },
    )
    expect(guess(file, 'jsonl', ['Billing', 'Defect'])).toEqual({
      externalId: 'TicketNo',
      subject: 'Summary',
      messages: {
        kind: 'list',
        column: 'chat',
        text: 'text',
        author: 'sender',
        role: 'sender_type',
        time: null,
        roles: { customer: ['customer'], agent: ['agent'], system: [] },
      },
      time: 'opened_at',
      link: null,
      metadata: ['plan'],
      label: {
        column: 'reason',
        secondColumn: null,
        values: { Billing: 'id of Billing', Defect: 'id of Defect' },
      },
    })
  })

  it('takes the longest text of a table whatever it is called', () => {
    const file = Buffer.from(`nr;freitext;stadt\n1;${'lange Frage '.repeat(9)};Bern\n2;kurz;Ulm\n`)
    const mapping = guess(file, 'csv')
    expect(mapping?.messages).toEqual({ kind: 'text', column: 'freitext' })
    expect(mapping?.metadata).toEqual(['nr', 'stadt'])
  })

  it('finds nothing where there is no text', () => {
    expect(guess(Buffer.from('a,b\n1,2\n'), 'csv')).toBeNull()
  })
})

const data = process.env.CLOSECALL_REAL_DATA ?? '../shared/data'
const real = (name: string) => join(data, name)
const absent = !existsSync(real('npm_issue_threads.jsonl'))

describe.skipIf(absent)(`real files${absent ? ` (skipped: ${data} is not there)` : ''}`, () => {
  it('guesses npm_issue_threads.jsonl right', () => {
    const file = readFileSync(real('npm_issue_threads.jsonl'))
    const names = ['Not a Bug', 'Intrinsic', 'Extrinsic']
    expect(guess(file, 'jsonl', names)).toEqual({
      externalId: 'id',
      subject: 'title',
      messages: {
        kind: 'list',
        column: 'messages',
        text: 'body',
        author: 'author',
        role: 'role',
        time: 'created_at',
        roles: { customer: [], agent: [], system: [] },
      },
      time: null,
      link: 'url',
      metadata: ['state', 'time_to_close_s', 'n_messages'],
      label: {
        column: 'label',
        secondColumn: null,
        values: Object.fromEntries(names.map((name) => [name, `id of ${name}`])),
      },
    })
  })

  it('guesses banking77.jsonl right', () => {
    const mapping = guess(readFileSync(real('banking77.jsonl')), 'jsonl', ['card_arrival'])
    expect(mapping).toMatchObject({
      externalId: 'id',
      subject: null,
      messages: { kind: 'text', column: 'text' },
      label: { column: 'label', values: { card_arrival: 'id of card_arrival' } },
    })
  })
})
