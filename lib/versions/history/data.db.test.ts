import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { createVersion } from '@/lib/platform/testing/versions'
import {
  createDraft,
  discardDraft,
  freezeDraft,
  restoreDraft,
  saveDraft,
} from '../drafts/mutations'
import { listDiscardedDrafts, listVersions } from './data'

let project: TestProject
let engineer: Member

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
})

test('says what changed: the note, or what can be counted while nobody wrote one', async () => {
  const v1 = await createVersion(project, { number: 1 })
  const draft = await createDraft(engineer, { parentId: v1.id })
  const noted = await createDraft(engineer, { parentId: v1.id, note: 'Shorter persona' })
  const changed = async (id: string) =>
    (await listVersions(engineer)).find((version) => version.id === id)?.changed
  expect(await changed(v1.id)).toBe('First version')
  expect(await changed(draft.id)).toBe('Nothing changed yet')
  expect(await changed(noted.id)).toBe('Shorter persona')
  await saveDraft(engineer, draft.id, { edit: 0, persona: 'You read closely.' })
  expect(await changed(draft.id)).toBe('persona changed')
  await freezeDraft(engineer, draft.id, 1)
  await db.version.findFirstOrThrow({ where: { id: draft.id, note: 'persona changed' } })
  expect(await changed(draft.id)).toBe('persona changed')
})

test('what was made from a discarded draft hangs on the version before it', async () => {
  const v1 = await createVersion(project, { number: 1 })
  const draft = await createDraft(engineer, { parentId: v1.id })
  const second = await createDraft(engineer, { parentId: draft.id })
  const under = async () => (await listVersions(engineer)).find(({ id }) => id === second.id)?.under
  expect(await under()).toBe(draft.id)
  await discardDraft(engineer, draft.id)
  expect(await under()).toBe(v1.id)
  expect(await listVersions(engineer)).toHaveLength(2)
})

test('discarded drafts are listed apart, with who put them away, until they come back', async () => {
  const v1 = await createVersion(project, { number: 1 })
  const draft = await createDraft(engineer, { parentId: v1.id, note: 'Shorter' })
  expect(await listDiscardedDrafts(engineer)).toEqual([])
  await discardDraft(engineer, draft.id)
  expect(await listDiscardedDrafts(engineer)).toMatchObject([
    { id: draft.id, parent: { number: 1 }, changed: 'Shorter', discardedBy: 'Eva' },
  ])
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  expect(await listDiscardedDrafts(stranger)).toEqual([])
  await restoreDraft(engineer, draft.id)
  expect(await listDiscardedDrafts(engineer)).toEqual([])
  expect(await listVersions(engineer)).toHaveLength(2)
})
