import { expect, test } from 'vitest'
import { measureAgainstPeople, sayAgainstPeople } from './rules'

test('people are the measure: two by two, agreement, κ and AC1', () => {
  const people = measureAgainstPeople([
    { right: true, verdict: 'right', n: 20 },
    { right: true, verdict: 'wrong', n: 5 },
    { right: false, verdict: 'right', n: 10 },
    { right: false, verdict: 'wrong', n: 15 },
    { right: true, verdict: 'unsure', n: 3 },
    { right: false, verdict: 'unsure', n: 1 },
  ])
  expect(people).toMatchObject({
    ...{ n: 50, unsure: 4, agreement: { right: 35, n: 50, rate: 0.7 } },
    table: {
      rightCalledRight: 20,
      rightCalledWrong: 5,
      wrongCalledRight: 10,
      wrongCalledWrong: 15,
    },
    ...{ wrongFound: { right: 15, n: 25 }, rightCalledWrong: { right: 5, n: 25 } },
  })
  expect(people.kappa).toBeCloseTo(0.4, 10)
  // A bootstrap of 3,000 draws has the error .127, too.
  expect(people.kappaInterval?.low).toBeCloseTo(0.151, 3)
  expect(people.kappaInterval?.high).toBeCloseTo(0.649, 3)
  expect(sayAgainstPeople(people)).toBe(
    'It finds 15 of 25 wrong suggestions, and calls 5 of 25 right ones wrong.',
  )
})

test('where nearly all suggestions are right κ falls to nothing, and AC1 stands beside it', () => {
  const people = measureAgainstPeople([
    { right: true, verdict: 'right', n: 90 },
    { right: true, verdict: 'wrong', n: 5 },
    { right: false, verdict: 'right', n: 5 },
  ])
  expect(people.kappa).toBeCloseTo(-0.05263, 5)
  expect(people.ac1).toBeCloseTo(0.8895, 4)
  expect(sayAgainstPeople(people)).toBe(
    'It finds 0 of 5 wrong suggestions, and calls 5 of 95 right ones wrong.',
  )
})

test('without labels by people nobody can say', () => {
  const people = measureAgainstPeople([])
  expect(people).toMatchObject({ n: 0, kappa: null, kappaInterval: null, ac1: null })
  expect(sayAgainstPeople(people)).toContain('nobody can say')
  const onlyRight = measureAgainstPeople([{ right: true, verdict: 'right', n: 1 }])
  expect(onlyRight.kappaInterval).toBeNull()
  expect(sayAgainstPeople(onlyRight)).toBe(
    'No suggestion with a label by people is wrong; it calls 0 of 1 right one wrong.',
  )
})
