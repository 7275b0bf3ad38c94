import { describe, expect, it } from 'vitest'
import {
  archivedName,
  type Current,
  describeChange,
  describeEdit,
  describeSeconds,
  followChanges,
  followUndone,
  nameAtAnyTime,
  planChange,
  readableName,
} from './rules'
import { type CategoryChangeInput, categoryChangeInput } from './schema'

const ID = '00000000-0000-4000-8000-00000000000'
const of = (name: string, n: number): Current => ({
  ...{ id: `${ID}${n}`, key: name.toLowerCase(), name, description: `${name} it is.` },
})
const current = [of('Billing', 1), of('Defect', 2), of('Education', 3)]
const [billing = '', defect = '', education = ''] = current.map(({ id }) => id)

let made = 0
const plan = (input: object) =>
  planChange(
    current,
    categoryChangeInput.parse({ id: `${ID}9`, ...input }) as CategoryChangeInput,
    () => `new-${++made}`,
  )
const names = (input: object) => plan(input).after.map(({ name }) => name)

describe('a plan', () => {
  it('puts the parts of a split where the whole was, each with a key of its own', () => {
    const into = [{ name: 'Defect 1' }, { name: 'Defect!' }]
    const { after, archived, recalledIds } = plan({ kind: 'split', categoryId: defect, into })
    expect(after.map(({ key, isNew }) => [key, isNew])).toEqual([
      ['billing', false],
      ['defect-1', true],
      ['defect-2', true],
      ['education', false],
    ])
    expect(archived).toEqual([{ id: defect, intoId: null }])
    expect(recalledIds).toEqual([defect])
  })

  it('lets one part go on as the whole, and archives nothing then', () => {
    const into = [{ name: 'Charges', keeps: true }, { name: 'Credits' }]
    const { after, archived } = plan({ kind: 'split', categoryId: billing, into })
    expect(after[0]).toMatchObject({ id: billing, key: 'billing', name: 'Charges', isNew: false })
    expect(archived).toEqual([])
  })

  it('carries over what is merged unless it shall be asked again', () => {
    const merge = { kind: 'merge', categoryIds: [billing], intoId: defect }
    expect(plan(merge).recalledIds).toEqual([])
    expect(plan({ ...merge, askAgain: true }).recalledIds).toEqual([billing])
    expect(plan(merge).archived).toEqual([{ id: billing, intoId: defect }])
    expect(names({ ...merge, name: 'All' })).toEqual(['All', 'Education'])
  })

  it('renames without asking anyone, and removes with asking', () => {
    const rename = { kind: 'rename', categoryId: education, name: 'Lessons' }
    expect(plan(rename).recalledIds).toEqual([])
    expect(names(rename)).toEqual(['Billing', 'Defect', 'Lessons'])
    expect(plan({ kind: 'remove', categoryId: education }).recalledIds).toEqual([education])
  })

  it.each([
    [{ kind: 'rename', categoryId: billing, name: 'dEFECT' }, 'would be called “Defect”'],
    [{ kind: 'merge', categoryIds: [billing, defect], intoId: education }, 'at least two'],
    [{ kind: 'merge', categoryIds: [billing], intoId: billing }, 'into itself'],
    [{ kind: 'remove', categoryId: `${ID}7` }, 'none any more'],
    [
      {
        ...{ kind: 'split', categoryId: billing },
        into: [{ name: 'Same' }, { name: 'same' }],
      },
      'would be called',
    ],
  ])('refuses %o', (input, message) => {
    expect(() => plan(input)).toThrow(message)
  })

  it('takes two parts, or more, of which one at most goes on as the old one', () => {
    const split = { kind: 'split', id: `${ID}9`, categoryId: billing }
    for (const into of [
      [{ name: 'Only' }],
      [
        { name: 'One', keeps: true },
        { name: 'Two', keeps: true },
      ],
      [{ name: 'One' }, { name: ' ' }],
    ]) {
      expect(categoryChangeInput.safeParse({ ...split, into }).success).toBe(false)
    }
  })
})

describe('names', () => {
  it('of former categories make room, and can be read for ever', () => {
    const name = archivedName({ name: 'Billing (old)', key: 'billing' })
    expect(name).toBe('archived: Billing (old) (billing)')
    expect(archivedName({ name, key: 'billing' })).toBe(name)
    const archivedAt = new Date()
    expect(readableName({ name, archivedAt })).toBe('Billing (old)')
    expect(nameAtAnyTime({ name, archivedAt })).toBe('Billing (old) (former)')
    expect(nameAtAnyTime({ name: 'Billing', archivedAt: null })).toBe('Billing')
  })
})

describe('words', () => {
  it('say what was changed', () => {
    const change = (
      kind: 'renamed' | 'split' | 'merged' | 'removed',
      from: string[],
      into: string[],
    ) => describeChange({ kind, fromNames: from, intoNames: into })
    expect(change('split', ['A'], ['B', 'C'])).toBe('“A” was split into “B”, “C”')
    expect(change('merged', ['A', 'B'], ['C'])).toBe('“A”, “B” were merged into “C”')
    expect(change('merged', ['A', 'C'], ['C'])).toBe('“A” was merged into “C”')
    expect(change('renamed', ['A'], ['A'])).toBe('“A” was described anew')
    expect(change('removed', ['A'], [])).toBe('“A” was removed')
  })

  it('say what saving the list has changed, and nothing where nothing was', () => {
    const known = current.map((category) => ({ ...category, archivedAt: null }))
    expect(describeEdit(known, known)).toBe('')
    const [one, two, three] = known
    expect(
      describeEdit(known, [
        { ...two, name: 'Bug', description: 'New.' },
        { ...one, name: one?.name ?? '', description: one?.description ?? '' },
        { name: 'Fresh', description: '' },
      ]),
    ).toBe(
      '“Defect” was renamed to “Bug”; “Bug” was described anew; “Fresh” was added; “Education” was removed; the order was changed',
    )
    expect(three).toBeTruthy()
  })

  it('say how long reviewing takes', () => {
    expect([20, 61, 1_800, 7_300, 360_000].map(describeSeconds)).toEqual([
      'about a minute',
      'about a minute',
      'about 30 minutes',
      'about 2 hours',
      'about 100 hours',
    ])
  })
})

describe('following changes', () => {
  const follow = (ids: string[], changes: [string, string[], string[]][], today: string[]) =>
    followChanges(
      ids,
      changes.map(([kind, fromIds, intoIds]) => ({ kind, fromIds, intoIds })),
      new Set(today),
    )

  it('puts parts where the whole was, and each category once', () => {
    const changes: [string, string[], string[]][] = [
      ['split', ['a'], ['a1', 'a2']],
      ['merged', ['b', 'a2'], ['c']],
      ['removed', ['d'], []],
    ]
    expect(follow(['a', 'b', 'c', 'd'], changes, ['a1', 'c'])).toEqual(['a1', 'c'])
    expect(follow(['x'], changes, ['x', 'a1', 'c'])).toEqual(['x'])
  })

  it('adds the parts that came beside what went on as the whole, unless they are there', () => {
    const changes: [string, string[], string[]][] = [['split', ['a'], ['a', 'new']]]
    expect(follow(['a', 'b'], changes, ['a', 'b', 'new'])).toEqual(['a', 'new', 'b'])
    expect(follow(['new', 'b', 'a'], changes, ['a', 'b', 'new'])).toEqual(['new', 'b', 'a'])
  })
})

describe('following what was undone', () => {
  const split = { kind: 'split', fromIds: ['a'], intoIds: ['a1', 'a2'] }

  it('puts the whole back where its parts stood, once', () => {
    expect(followUndone(['b', 'a2', 'a1', 'c'], [split], new Set(['a', 'b', 'c']))).toEqual([
      ...['b', 'a', 'c'],
    ])
    const kept = { kind: 'split', fromIds: ['a'], intoIds: ['a', 'new'] }
    expect(followUndone(['a', 'new'], [kept], new Set(['a']))).toEqual(['a'])
  })

  it('goes back through several, and adds nothing to a list that never had the parts', () => {
    const again = { kind: 'split', fromIds: ['a1'], intoIds: ['a11', 'a12'] }
    expect(followUndone(['a11', 'a12', 'a2'], [again, split], new Set(['a']))).toEqual(['a'])
    expect(followUndone(['b'], [split], new Set(['a', 'b']))).toEqual(['b'])
  })
})
