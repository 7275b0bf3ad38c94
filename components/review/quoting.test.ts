import { describe, expect, it } from 'vitest'
import { addQuote } from './quoting'

describe('addQuote', () => {
  it('puts the passage on a line of its own, with the next line to write on', () => {
    expect(addQuote('', ' dies at\n 45 % ')).toBe('“dies at 45 %”\n')
  })

  it('stands below what was written before', () => {
    expect(addQuote('See here:\n', 'dies')).toBe('See here:\n“dies”\n')
  })

  it('changes nothing where nothing is selected', () => {
    expect(addQuote('Mine', ' \n ')).toBe('Mine')
  })

  it('leaves room for the note', () => {
    expect(addQuote('', 'word '.repeat(2_000)).length).toBeLessThan(1_010)
  })
})
