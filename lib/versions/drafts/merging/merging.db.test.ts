import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createVersion } from '@/lib/platform/testing/versions'
import { getVersion } from '../../data'
import { addExample, changeExample, removeExample } from '../../examples/mutations'
import { saveDraft } from '../mutations'
import type { Step } from '../steps/rules'
import { insistOn, mergeDrafts } from './rules'

let project: TestProject
let ana: Member
let eva: Member
let draftId: string

beforeEach(async () => {
  project = await createProject()
  ana = await createMember(project, 'prompt_engineer', 'Ana')
  eva = await createMember(project, 'prompt_engineer', 'Eva')
  draftId = (await createVersion(project)).id
})

const read = () => getVersion(ana, draftId)

test('a save that meets another of other parts goes through on top of it', async () => {
  const base = await read()
  await saveDraft(eva, draftId, { edit: base.edit, rules: 'Rules of Eva' })
  const own: Step = { do: 'set', fields: { persona: 'Persona of Ana' } }
  await expect(saveDraft(ana, draftId, { edit: base.edit, ...own.fields })).rejects.toMatchObject({
    code: 'conflict',
  })
  const theirs = await read()
  const { pending, clashes } = mergeDrafts(base, theirs, [own])
  expect({ pending, clashes }).toEqual({ pending: [own], clashes: [] })
  await saveDraft(ana, draftId, { edit: theirs.edit, ...own.fields })
  expect(await read()).toMatchObject({ persona: 'Persona of Ana', rules: 'Rules of Eva' })
})

test('two texts for one part are never merged in silence', async () => {
  const base = await read()
  await saveDraft(eva, draftId, { edit: base.edit, persona: 'Persona of Eva' })
  const own: Step = { do: 'set', fields: { persona: 'Persona of Ana' } }
  const { clashes } = mergeDrafts(base, await read(), [own])
  expect(clashes).toEqual([{ kind: 'field', field: 'persona' }])
  expect((await read()).persona).toBe('Persona of Eva')
})

test('an example that the other removed can be kept, under its id', async () => {
  await addExample(ana, draftId, {
    ...{ edit: 0, kind: 'good', caseId: await createCase(project), text: 'A case' },
    ...{ labelId: project.categories.Billing, wrongLabelId: null, explanation: '' },
  })
  const base = await read()
  const id = base.examples[0]?.id ?? ''
  await removeExample(eva, draftId, id, base.edit)
  const own: Step = { do: 'changeExample', id, change: { explanation: 'Because.' } }
  await expect(
    changeExample(ana, draftId, id, { edit: base.edit, ...own.change }),
  ).rejects.toMatchObject({ code: 'conflict' })
  const theirs = await read()
  const { clashes } = mergeDrafts(base, theirs, [own])
  expect(clashes).toEqual([{ kind: 'example', id }])

  const kept = insistOn(own, base, theirs)
  if (kept.do !== 'addExample') throw new Error('should be put back')
  const { externalId: _, subject: __, flagged: ___, ...example } = kept.example
  await addExample(ana, draftId, { edit: theirs.edit, ...example })
  expect((await read()).examples).toMatchObject([{ id, text: 'A case', explanation: 'Because.' }])
})

test('a save that arrived though its answer did not is recognised as one’s own', async () => {
  const base = await read()
  const own: Step = { do: 'set', fields: { persona: 'Persona of Ana' } }
  await saveDraft(ana, draftId, { edit: base.edit, ...own.fields })
  expect(mergeDrafts(base, await read(), [own])).toEqual({ pending: [], changed: [], clashes: [] })
})
