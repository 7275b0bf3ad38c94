import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { changeRedaction } from '@/lib/cases/redaction/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { chooseRedaction } from '../files/data'
import { BATCH, listLabelRows, streamFinalLabels } from './data'

const HOSTILE =
  '=HYPERLINK("http://x","y"),"quoted", \r\nline\rcarriage\n<script>alert(1)</script> ünï 🧾'

async function download(member: Member, format: 'csv' | 'jsonl'): Promise<string> {
  return new Response(await streamFinalLabels(member, format)).text()
}

async function readCsv(member: Member): Promise<Record<string, string>[]> {
  return parse(await download(member, 'csv'), { columns: true })
}

async function readJsonl(member: Member): Promise<Record<string, unknown>[]> {
  const text = await download(member, 'jsonl')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('personal data in a download', () => {
  const TEXT = 'Brackwater Tiles: write to ann@x.com or [EMAIL_1]'

  async function readRow(wanted?: 'replaced' | 'kept', on = true) {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const metadata = { customer: 'Brackwater Tiles' }
    const id = await createCase(project, { pool: 'dev', text: TEXT, metadata })
    await setFinalLabel(project, id, project.categories.Billing)
    await changeRedaction(manager, { on, fields: ['customer'], authors: true })
    const { redaction, headers } = await chooseRedaction(project.id, wanted)
    const file = await streamFinalLabels(manager, 'jsonl', listLabelRows, redaction)
    const row: Record<string, unknown> = JSON.parse(await new Response(file).text())
    expect(headers['x-personal-data']).toBe(row.personal_data)
    return row
  }

  it('is replaced where the project has it so, and the row says it', async () => {
    const said = '[CUSTOMER_1]: write to [EMAIL_2] or [EMAIL_1]'
    expect(await readRow()).toMatchObject({
      ...{ personal_data: 'replaced', subject: said, text: expect.stringContaining(said) },
    })
  })

  it('is kept or replaced as is asked for', async () => {
    expect(await readRow('kept')).toMatchObject({ personal_data: 'kept', subject: TEXT })
    expect(await readRow(undefined, false)).toMatchObject({ personal_data: 'kept', subject: TEXT })
    expect(await readRow('replaced', false)).toMatchObject({
      ...{ personal_data: 'replaced', subject: expect.stringContaining('[CUSTOMER_1]') },
    })
  })
})

describe('final labels', () => {
  let project: TestProject
  let manager: Member
  let engineer: Member
  let example: string

  beforeAll(async () => {
    project = await createProject()
    manager = await createMember(project, 'manager')
    engineer = await createMember(project, 'prompt_engineer')
    const { Billing, Defect } = project.categories
    example = await createCase(project, { pool: 'example', text: HOSTILE })
    const near = await createCase(project, { pool: 'example', text: 'Nearly the same' })
    const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: example } })
    await db.case.update({ where: { id: near }, data: { clusterId } })
    const dev = await createCase(project, { pool: 'dev', text: 'A dev case' })
    const test = await createCase(project, { pool: 'test', text: 'A test case' })
    const former = await createCase(project, { pool: 'dev', text: 'A former revision' })
    await createCase(project, { pool: 'dev', text: 'Nobody labelled this' })
    for (const id of [example, near, test, former]) await setFinalLabel(project, id, Billing)
    await setFinalLabel(project, dev, Defect, Billing)
    await db.finalLabel.update({ where: { caseId: near }, data: { bulk: true } })
    await db.case.update({ where: { id: former }, data: { archivedAt: new Date() } })
    const version = await createVersion(project)
    await db.example.create({
      data: {
        id: newId(),
        versionId: version.id,
        kind: 'good',
        caseId: example,
        text: '',
        labelId: Billing,
        explanation: '',
        position: 0,
      },
    })
    // A neighbour's labels are nobody's business here.
    const other = await createProject()
    await setFinalLabel(other, await createCase(other), other.categories.Billing)
  })

  it('come back from CSV as they were, with formulas made harmless', async () => {
    const rows = await readCsv(manager)
    expect(rows.map(({ pool }) => pool)).toEqual(['example', 'example', 'dev', 'test'])
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'external_id',
      'revision',
      'subject',
      'text',
      'label',
      'label_key',
      'second_label',
      'definition',
      'definition_current',
      'close_call',
      'source',
      'selection',
      'bulk_confirmed',
      'pool',
      'is_example',
      'labelled_at',
      'link',
      'personal_data',
    ])
    expect(rows[0]).toMatchObject({
      subject: `'${HOSTILE.slice(0, 60)}`,
      text: `customer: ${HOSTILE}\n\nagent: Answer to ${example}`,
      label: 'Billing',
      label_key: 'billing',
      second_label: '',
      close_call: 'false',
      source: 'imported',
      is_example: 'true',
    })
    expect(rows[2]).toMatchObject({ label: 'Defect', second_label: 'Billing', close_call: 'true' })
    expect(rows.map((row) => row.bulk_confirmed)).toEqual(['false', 'true', 'false', 'false'])
    expect(rows.map((row) => row.is_example)).toEqual(['true', 'true', 'false', 'false'])
  })

  it('say how each case came to be reviewed', async () => {
    await db.finalLabel.update({ where: { caseId: example }, data: { selection: 'targeted' } })
    const told = [await readCsv(manager), await readJsonl(manager)]
    for (const rows of told) {
      expect(rows.map(({ selection }) => selection)).toEqual([
        'targeted',
        'random',
        'random',
        'random',
      ])
    }
  })

  it('come back from JSONL untouched', async () => {
    const rows = await readJsonl(manager)
    expect(rows).toHaveLength(4)
    expect(rows[0]).toMatchObject({
      subject: HOSTILE.slice(0, 60),
      revision: 1,
      second_label: null,
      close_call: false,
      is_example: true,
      link: null,
      personal_data: 'kept',
    })
    expect(new Date(String(rows[0]?.labelled_at)).toISOString()).toBe(rows[0]?.labelled_at)
  })

  it('hold no test case for a prompt engineer, in either format', async () => {
    expect((await readCsv(engineer)).map(({ pool }) => pool)).toEqual(['example', 'example', 'dev'])
    expect(await readJsonl(engineer)).toHaveLength(3)
    expect(await download(engineer, 'jsonl')).not.toContain('A test case')
  })

  it('are a header and nothing else while there are none', async () => {
    const empty = await createMember(await createProject(), 'manager')
    expect(await download(empty, 'csv')).toMatch(/^external_id,.*,link,personal_data\n$/)
    expect(await download(empty, 'jsonl')).toBe('')
  })
})

describe('a large project', () => {
  const CASES = 20_000

  it('is read page by page, only as fast as the client takes it, each case once', async () => {
    const project = await createProject()
    const member = await createMember(project, 'manager')
    await db.$executeRaw`
      INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, "textHash", characters,
        pool, rank)
      SELECT gen_random_uuid(), ${project.id}::uuid, 'L-' || i, 'Subject ' || i,
        '[{"author":"A","role":"customer","time":null,"text":"Hello"}]', 'h', 5, 'dev', random()
      FROM generate_series(1, ${CASES}::int) i`
    // As autovacuum does within a minute: foreign keys and triggers are planned for a handful of rows.
    await db.$executeRaw`ANALYZE "Case"`
    await db.$executeRaw`
      INSERT INTO "FinalLabel" ("caseId", "projectId", "labelId", source)
      SELECT id, "projectId", ${project.categories.Billing}::uuid, 'imported' FROM "Case"
      WHERE "projectId" = ${project.id}::uuid ORDER BY id`
    let pages = 0
    let most = 0
    const stream = await streamFinalLabels(member, 'jsonl', async (who, from) => {
      const page = await listLabelRows(who, from)
      pages += 1
      most = Math.max(most, page.rows.length)
      return page
    })
    const reader = stream.getReader()
    const decoder = new TextDecoder()
    let text = ''
    for (let taken = 1; ; taken++) {
      const { done, value } = await reader.read()
      if (done) break
      // Never more than what was taken, and the page just asked for.
      expect(pages).toBeLessThanOrEqual(taken)
      text += decoder.decode(value, { stream: true })
    }
    expect(most).toBe(BATCH)
    expect(pages).toBeGreaterThanOrEqual(CASES / BATCH)
    const ids = text.trimEnd().split('\n')
    expect(
      new Set(ids.map((line) => (JSON.parse(line) as { external_id: string }).external_id)).size,
    ).toBe(CASES)
    expect(ids).toHaveLength(CASES)
  })

  it('stops reading when the client goes away', async () => {
    const project = await createProject()
    const member = await createMember(project, 'manager')
    for (let i = 0; i < 3; i++) {
      await setFinalLabel(project, await createCase(project), project.categories.Billing)
    }
    let pages = 0
    const stream = await streamFinalLabels(member, 'csv', async (who, from) => {
      pages += 1
      return listLabelRows(who, { ...from, limit: 1 })
    })
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel()
    expect((await reader.read()).done).toBe(true)
    expect(pages).toBe(1)
  })
})
