import { expect, test } from 'vitest'
import {
  countShown,
  findListedAncestor,
  growTree,
  isFoldedAtFirst,
  type Line,
  nameByChange,
} from './rules'

type Version = Parameters<typeof growTree>[0][number]

/** "v3 < v2" or "draft < v3", "v2*" for the released one; made in the order of the list. */
function versions(...lines: string[]): Version[] {
  return lines.map((line, index) => {
    const [name = '', under] = line.split(' < ')
    return {
      id: name.replace('*', ''),
      number: name.startsWith('v') ? Number.parseInt(name.slice(1), 10) : null,
      under: under ?? null,
      released: name.endsWith('*'),
      at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    }
  })
}

/** "v3 v2(draft) v1" */
const draw = (line: Line<Version>): string =>
  line
    .map(({ version, branches }) =>
      branches.length > 0 ? `${version.id}(${branches.map(draw).join(', ')})` : version.id,
    )
    .join(' ')

const tree = (...lines: string[]) => growTree(versions(...lines)).map(draw)

test('what follows from each other is one line, the newest first', () => {
  expect(tree('v1', 'v2 < v1', 'v3 < v2')).toEqual(['v3 v2 v1'])
  expect(tree()).toEqual([])
})

test('drafts are branches, the newest first, and so are drafts of drafts', () => {
  expect(tree('v1', 'v2 < v1', 'a < v2', 'b < v2', 'c < a')).toEqual(['v2(b, a(c)) v1'])
})

test('the line goes to the released version, else to the most versions, else to the highest number', () => {
  expect(tree('v1', 'v2* < v1', 'v3 < v1', 'v4 < v3')).toEqual(['v2 v1(v4 v3)'])
  expect(tree('v1', 'v2 < v1', 'v3 < v1', 'v4 < v2')).toEqual(['v4 v2 v1(v3)'])
  expect(tree('v1', 'v2 < v1', 'v3 < v2', 'v4 < v1')).toEqual(['v3 v2 v1(v4)'])
  expect(tree('v1', 'v2 < v1', 'v3 < v1')).toEqual(['v3 v1(v2)'])
  expect(tree('v1', 'v2 < v1', 'v3* < v2', 'v4 < v3', 'v5 < v2')).toEqual(['v4 v3 v2(v5) v1'])
})

test('of the branches, those that are worked on stand first', () => {
  expect(tree('v1', 'a < v1', 'v2 < v1', 'v3 < v2', 'v4 < v1')).toEqual(['v3 v2 v1(a, v4)'])
})

test('a frozen version may follow from a draft', () => {
  expect(tree('v1', 'a < v1', 'v2 < a')).toEqual(['v1(v2 a)'])
})

test('several beginnings: the released one’s line first', () => {
  expect(tree('v1*', 'v2', 'v3 < v2')).toEqual(['v1', 'v3 v2'])
  expect(tree('v1', 'v2', 'a')).toEqual(['v2', 'v1', 'a'])
})

test('a version whose parent is in no list begins a line', () => {
  expect(tree('v1', 'v2 < gone')).toEqual(['v2', 'v1'])
})

test('what was made from a discarded draft hangs on what that was made from', () => {
  const parents = new Map([
    ['v1', null],
    ['gone', 'v1'],
    ['also gone', 'gone'],
    ['v2', 'also gone'],
  ])
  expect(findListedAncestor('v2', parents, new Set(['v1', 'v2']))).toBe('v1')
  expect(findListedAncestor('v1', parents, new Set(['v1', 'v2']))).toBeNull()
  expect(findListedAncestor('v2', parents, new Set(['v2']))).toBeNull()
})

test('a long line shows its newest and the released one, a short tree everything', () => {
  const names = (n: number, released: number) =>
    Array.from({ length: n }, (_, i) => {
      const name = `v${i + 1}${i + 1 === released ? '*' : ''}`
      return i === 0 ? name : `${name} < v${i}`
    })
  const line = (n: number, released = 0) => growTree(versions(...names(n, released)))[0] ?? []
  expect(countShown(line(14), 14)).toBe(14)
  expect(countShown(line(30), 30)).toBe(8)
  expect(countShown(line(30, 10), 30)).toBe(21)
  expect(countShown(line(9), 30)).toBe(9)
})

test('an old branch is folded in a large tree, one with a draft or the release never', () => {
  const branch = (...lines: string[]) => growTree(versions(...lines))[0] ?? []
  expect(isFoldedAtFirst(branch('v3', 'v4 < v3'), 30, 9)).toBe(true)
  expect(isFoldedAtFirst(branch('v3', 'v4 < v3'), 10, 9)).toBe(false)
  expect(isFoldedAtFirst(branch('v3', 'v4 < v3'), 30, 4)).toBe(false)
  expect(isFoldedAtFirst(branch('v3', 'a < v3'), 30, 9)).toBe(false)
  expect(isFoldedAtFirst(branch('v3', 'v4* < v3'), 30, 9)).toBe(false)
})

test('drafts of one version are told apart by what changed, in one line', () => {
  const draft = { id: 'x', number: null, parent: { id: 'v', number: 2 }, changed: '' }
  expect(nameByChange(draft)).toBe('draft from v2')
  expect(nameByChange({ ...draft, changed: 'One rule more' })).toBe('draft from v2: One rule more')
  expect(nameByChange({ ...draft, number: 3, changed: 'word '.repeat(40) })).toMatch(
    /^v3: (word )+word…$/,
  )
})
