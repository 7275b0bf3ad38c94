import { expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createVersion } from '@/lib/platform/testing/versions'
import { discardDraft, saveDraft } from '../mutations'
import { tellPresence } from './mutations'

test('people on one draft see each other, what each has in hand, and who saved', async () => {
  const project = await createProject()
  const ana = await createMember(project, 'prompt_engineer', 'Ana')
  const eva = await createMember(project, 'prompt_engineer', 'Eva')
  const [{ id }, other] = [await createVersion(project), await createVersion(project)]
  expect(await tellPresence(ana, id, { part: '' })).toMatchObject({ edit: 0, others: [] })
  await tellPresence(eva, other.id, { part: 'the rules' })
  expect((await tellPresence(ana, id, { part: '' })).others).toEqual([])

  await tellPresence(eva, id, { part: 'the persona' })
  await saveDraft(eva, id, { edit: 0, persona: 'x' })
  expect(await tellPresence(ana, id, { part: '' })).toEqual({
    ...{ edit: 1, frozenAs: null, discarded: false, savedBy: 'Eva', savedByYou: false },
    others: [{ id: eva.userId, name: 'Eva', part: 'the persona' }],
  })
  expect(await tellPresence(eva, id, { part: '' })).toMatchObject({ savedByYou: true })

  await db.draftPresence.updateMany({
    where: { userId: eva.userId },
    data: { seenAt: new Date(Date.now() - 11_000) },
  })
  expect((await tellPresence(ana, id, { part: '' })).others).toEqual([])
  await discardDraft(eva, id)
  expect(await tellPresence(ana, id, { part: '' })).toMatchObject({ discarded: true })
})

test('a draft of another project is not found', async () => {
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const { id } = await createVersion(await createProject())
  await expect(tellPresence(stranger, id, { part: '' })).rejects.toMatchObject({
    code: 'not_found',
  })
})
