import { expect, test } from 'vitest'
import marked from './marked.json'
import { look, measureRecall, RECALL_FLOORS, shareOf } from './rules'
import second from './second.json'

test('the set is large, in several languages, and a fifth of it has nothing to find', () => {
  expect(marked.length).toBeGreaterThanOrEqual(300)
  expect(new Set(marked.map(({ lang }) => lang)).size).toBeGreaterThan(10)
  const without = marked.filter((one) => look(one).marks.length === 0)
  expect(without.length / marked.length).toBeGreaterThan(0.2)
  expect(new Set(marked.map(({ text }) => text)).size).toBe(marked.length)
})

const all = [...marked, ...second]

test.each(measureRecall(all))('enough of $kind is recognised', (found) => {
  expect(found.marked).toBeGreaterThanOrEqual(20)
  expect(shareOf(found.recognised, found.marked)).toBeGreaterThanOrEqual(RECALL_FLOORS[found.kind])
  expect(shareOf(found.rightly, found.found)).toBeGreaterThan(0.9)
})

test('of the second set a half is held out, and a fifth has nothing to find', () => {
  const heldOut = second.filter(({ half }) => half === 'held_out')
  expect(heldOut.length).toBeGreaterThanOrEqual(90)
  expect(second.filter(({ half }) => half === 'mending').length).toBeGreaterThanOrEqual(90)
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
  const without = second.filter((one) => look(one).marks.length === 0)
  expect(without.length / second.length).toBeGreaterThan(0.2)
})

test('numbers of orders, dates, amounts and versions of the second set stay as they are', () => {
  const wrong = second.flatMap((one) => look(one).found.filter(({ rightly }) => !rightly))
  expect(wrong).toEqual([])
})

test('half an address counts as missed, and what is found where nothing is marked as wrong', () => {
  const set = [
    { lang: 'en', text: 'To [[email:bounce=a@b.example]] from b@c.example' },
    { lang: 'en', text: 'Ask [[field:Ann Lee]] or Ann', fields: { who: 'Ann Lee' } },
  ]
  const of = (kind: string) => measureRecall(set).find((one) => one.kind === kind)
  expect(of('email')).toMatchObject({ marked: 1, recognised: 0, found: 2, rightly: 1 })
  expect(of('field')).toMatchObject({ marked: 1, recognised: 1, found: 1, rightly: 1 })
})
