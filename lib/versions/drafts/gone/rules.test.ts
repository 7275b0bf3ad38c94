import { expect, test } from 'vitest'
import { makeContent } from '../testing/drafts'
import { listGone } from './rules'

const draft = makeContent()
const project = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id.toUpperCase() }))

test('a draft that names only what there is has nothing to settle', () => {
  expect(listGone(draft, project)).toEqual([])
})

test('a category that was removed in the settings is named with the examples that use it', () => {
  expect(listGone(draft, project.slice(1))).toEqual([
    { id: 'a', name: 'A', isRemoved: true, isListed: true, exampleIds: ['e0', 'e1', 'e2', 'e3'] },
  ])
  const examples = draft.examples.map((example) => ({ ...example, enabled: false }))
  expect(listGone({ ...draft, examples }, project.slice(1))).toMatchObject([{ exampleIds: [] }])
})

test('a wrong label that the draft left out is named too; without examples it is nobody’s concern', () => {
  const categories = draft.categories.slice(0, 2)
  expect(listGone({ ...draft, categories }, project)).toEqual([])
  const examples = draft.examples.map((one) => ({ ...one, wrongLabelId: 'c' })).slice(0, 1)
  expect(listGone({ categories, examples }, project)).toEqual([
    { id: 'c', name: 'C', isRemoved: false, isListed: false, exampleIds: ['e0'] },
  ])
})
