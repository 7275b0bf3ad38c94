import { beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { getRedactionView, previewExample, previewRedaction } from './data'
import { changeRedaction } from './mutations'

let project: TestProject
let manager: Member
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager')
})

const addCase = (pool: 'dev' | 'test', metadata: Record<string, string>) =>
  createCase(project, { pool, metadata })

describe('the setting', () => {
  it('is on for a new project, with the names of authors', async () => {
    const { setting } = await getRedactionView(manager)
    expect(setting).toEqual({ on: true, fields: [], authors: true })
  })

  it('is changed all at once, and leaves a record', async () => {
    await changeRedaction(manager, { on: false, fields: ['customer', 'customer'], authors: false })
    const { setting, fields } = await getRedactionView(manager)
    expect(setting).toEqual({ on: false, fields: ['customer'], authors: false })
    // A chosen field stays in view where no case has it any more.
    expect(fields).toEqual([{ name: 'customer', example: '' }])
    expect(
      await db.auditEvent.count({
        where: { projectId: project.id, action: 'project.redaction_changed' },
      }),
    ).toBe(1)
  })

  it('offers the fields of cases, but tells nothing of the test pool', async () => {
    await addCase('dev', { customer: 'Brackwater Tiles', plan: '' })
    await addCase('test', { secret_field: 'locked' })
    const { fields, recall } = await getRedactionView(manager)
    expect(fields).toEqual([
      { name: 'customer', example: 'Brackwater Tiles' },
      { name: 'plan', example: '' },
    ])
    expect(recall.sentences).toBeGreaterThan(300)
  })
})

describe('a preview', () => {
  const text = 'Brackwater Tiles: ann@x.com or locked'

  it('replaces what is recognised, and values of chosen fields of the newest cases', async () => {
    await addCase('dev', { customer: 'Brackwater Tiles' })
    await addCase('test', { customer: 'locked' })
    const setting = { on: true, fields: ['customer'], authors: true }
    expect(await previewRedaction(manager, { text, setting })).toEqual({
      text: '[CUSTOMER_1]: [EMAIL_1] or locked',
      replaced: [
        { placeholder: '[CUSTOMER_1]', kind: 'field', values: ['Brackwater Tiles'], times: 1 },
        { placeholder: '[EMAIL_1]', kind: 'email', values: ['ann@x.com'], times: 1 },
      ],
    })
  })

  it('leaves the text as it is where it is switched off', async () => {
    const setting = { on: false, fields: ['customer'], authors: true }
    expect(await previewRedaction(manager, { text, setting })).toEqual({ text, replaced: [] })
  })
})

describe('an example as it will be sent', () => {
  const text = 'Brackwater Tiles: ann@x.com writes'
  const explanation = 'Says ann@x.com.'
  const say = (pool: 'example' | 'test') =>
    createCase(project, { pool, metadata: { customer: 'Brackwater Tiles' } })

  it('knows what stands in the metadata of its case, by the setting of the project', async () => {
    await changeRedaction(manager, { on: true, fields: ['customer'], authors: true })
    const caseId = await say('example')
    expect(await previewExample(manager, { caseId, text, explanation })).toEqual({
      on: true,
      replaced: [
        { placeholder: '[CUSTOMER_1]', kind: 'field', values: ['Brackwater Tiles'], times: 1 },
        { placeholder: '[EMAIL_1]', kind: 'email', values: ['ann@x.com'], times: 2 },
      ],
    })
    await changeRedaction(manager, { on: false, fields: ['customer'], authors: true })
    expect(await previewExample(manager, { caseId, text, explanation })).toEqual({
      ...{ on: false, replaced: [] },
    })
  })

  it('tells nothing of a case outside the example pool, or of another project', async () => {
    await changeRedaction(manager, { on: true, fields: ['customer'], authors: true })
    const other = await createProject()
    const elsewhere = await createCase(other, { metadata: { customer: 'Brackwater Tiles' } })
    for (const caseId of [await say('test'), elsewhere]) {
      const { replaced } = await previewExample(manager, { caseId, text, explanation })
      expect(replaced.map(({ kind }) => kind)).toEqual(['email'])
    }
  })
})
