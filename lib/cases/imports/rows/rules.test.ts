import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NEVER_CLOSED } from '@/lib/cases/imports/csv/rules'
import { lineSplitter, TOO_LONG } from '@/lib/cases/imports/lines/rules'
import type { ImportFormat } from '@/lib/cases/imports/schema'
import { inspectStart, isBad, type Row, rowReader, UnreadableFile } from './rules'

/** Reads a whole file in pieces of `size` bytes. */
function readAll(file: string | Buffer, format: ImportFormat, size = 7): Row[] {
  const bytes = Buffer.from(file)
  const reader = rowReader(format, bytes.subarray(0, 65_536))
  const rows: Row[] = []
  for (let at = 0; at < bytes.length; at += size) {
    rows.push(...reader.push(Buffer.from(bytes.subarray(at, at + size))))
  }
  return [...rows, ...reader.end()]
}

const seen = (rows: Row[]) =>
  rows.map((row) => (isBad(row) ? [row.line, row.reason] : [row.line, { ...row.values }]))

describe('JSONL', () => {
  it('takes a BOM, mixed line ends, blank lines and a last line without an end', () => {
    const file = '\ufeff{"a":1}\r\n\n{"a":2}\r{"a":3}\n\r\n{"a":4}'
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(seen(readAll(file, 'jsonl', size))).toEqual([
        [1, { a: 1 }],
        [3, { a: 2 }],
        [4, { a: 3 }],
        [6, { a: 4 }],
      ])
    }
  })

  it('names line and reason of each bad row and goes on', () => {
    const file = Buffer.concat([
      Buffer.from('{"a":1}\nnot json\n[1]\n{"a":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}\n{"a":5}\n'),
    ])
    expect(seen(readAll(file, 'jsonl'))).toEqual([
      [1, { a: 1 }],
      [2, 'The line is not valid JSON.'],
      [3, 'The line is not a JSON object.'],
      [4, 'The row has bytes that are not UTF-8.'],
      [5, { a: 5 }],
    ])
  })

  it('skips a line of 200 MB without holding it', () => {
    const splitter = lineSplitter()
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const rows = splitter.push(Buffer.from('{"a":1}\n'))
    for (let i = 0; i < 200; i++) {
      rows.push(...splitter.push(piece))
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    rows.push(...splitter.push(Buffer.from('\n{"a":3}\n')))
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [2, TOO_LONG],
      [3, null],
    ])
    expect(rows[1]?.bytes.length).toBeLessThanOrEqual(1_000)
    expect(most).toBeLessThan(100 * 1024 * 1024)
  })
})

describe('CSV', () => {
  it('takes quoted line breaks, doubled quotation marks and mixed line ends', () => {
    const file = '\ufeffid;text\r\n1;"two\r\nlines; and ""this"""\n2;5" disk\r3;"x"\r\n\n'
    for (const size of [1, 2, 5, 1000]) {
      expect(seen(readAll(file, 'csv', size))).toEqual([
        [2, { id: '1', text: 'two\r\nlines; and "this"' }],
        [4, { id: '2', text: '5" disk' }],
        [5, { id: '3', text: 'x' }],
      ])
    }
  })

  it('names bad rows by the line they begin on', () => {
    const file = Buffer.concat([
      Buffer.from('a,b\n1,"x\ny"\n1,2,3\n'),
      Buffer.from([0xff, 0x2c, 0x31, 0x0a]),
      Buffer.from('3,4\n5,"never\nclosed\n'),
    ])
    expect(seen(readAll(file, 'csv'))).toEqual([
      [2, { a: '1', b: 'x\ny' }],
      [4, 'The row has 3 columns, the first line has 2.'],
      [5, 'The row has bytes that are not UTF-8.'],
      [6, { a: '3', b: '4' }],
      [7, NEVER_CLOSED],
    ])
  })

  it('gives columns of the same or no name a name of their own', () => {
    expect(seen(readAll('a,a,\n1,2,3\n', 'csv'))).toEqual([
      [2, { a: '1', 'a (2)': '2', 'column 3': '3' }],
    ])
  })

  it('refuses ten thousand columns', () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')
    expect(() => readAll(`${header}\n`, 'csv', 65_536)).toThrow(/10000 columns; at most 500/)
  })

  it('reads the same whatever the pieces, for any cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' ', ';') })
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 })
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const file = ['x,y', ...rows.map((cells) => cells.map(quote).join(','))].join('\r\n')
        const filled = rows.filter((cells) => cells.some((text) => text.trim() !== ''))
        const values = readAll(file, 'csv', size).map((row) =>
          isBad(row) ? row.reason : [row.values.x, row.values.y],
        )
        expect(values).toEqual(filled)
      }),
      { numRuns: 300 },
    )
  })
})

describe('inspectStart', () => {
  it('tells the format by the content, then by the name', () => {
    expect(inspectStart(Buffer.from('{"a":1}'), 'x.txt').format).toBe('jsonl')
    expect(inspectStart(Buffer.from('a;b'), 'x.csv')).toEqual({ format: 'csv', bom: false })
    expect(inspectStart(Buffer.from('\ufeffa;b'), 'x.csv').bom).toBe(true)
  })

  it.each([
    ['', 'empty'],
    [' \n\n', 'empty'],
    [Buffer.from('\ufeffa,b', 'utf16le'), 'UTF-16'],
    [Buffer.from('a,b\nc,d', 'utf16le'), 'UTF-8'],
    [Buffer.from('PK\u0003\u0004rest'), 'workbook'],
    ['[{"a":1}]', 'JSON list'],
  ])('refuses %j with the way out', (file, word) => {
    expect(() => inspectStart(Buffer.from(file), 'file.json')).toThrow(UnreadableFile)
    expect(() => inspectStart(Buffer.from(file), 'file.json')).toThrow(word)
  })
})
