import { expect, test } from 'vitest'
import { describeTurns, readTurns } from './rules'

const read = (text: string) => readTurns(text).map(({ role, author, text }) => [role, author, text])

test('a text in which nobody is named is the customer’s', () => {
  expect(read('My invoice is wrong.\n\nIt says: 40 dollars.')).toEqual([
    ['customer', '', 'My invoice is wrong.\n\nIt says: 40 dollars.'],
  ])
  expect(read(' \n\t')).toEqual([])
  expect(describeTurns(readTurns('My invoice is wrong.'))).toBeNull()
})

test('each line that begins with who speaks opens a message', () => {
  const text =
    'Customer: My invoice is wrong.\nPlease look.\r\n\r\nAgent (Maria): I have credited it.\nSYSTEM: closed'
  expect(read(text)).toEqual([
    ['customer', '', 'My invoice is wrong.\nPlease look.'],
    ['agent', 'Maria', 'I have credited it.'],
    ['system', '', 'closed'],
  ])
  expect(describeTurns(readTurns(text))).toBe('Read as 3 messages: customer, agent, system.')
})

test('marks of formatted text around who speaks are left out', () => {
  expect(read('**Client:** help\n> Support: sure\n\nbot : ticket made')).toEqual([
    ['customer', '', 'help'],
    ['agent', '', 'sure'],
    ['system', '', 'ticket made'],
  ])
})

test('what stands before the first of them is the customer’s, empty ones are left out', () => {
  expect(read('It crashes.\nAgent:\nCustomer: still\nError: none\nuser: root')).toEqual([
    ['customer', '', 'It crashes.'],
    ['customer', '', 'still\nError: none\nuser: root'],
  ])
})
