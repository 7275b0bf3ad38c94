import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { poolCases } from '../pools/jobs'
import { storeFile } from './chunks/mutations'
import { getImport } from './data'
import { importRows, runImport } from './jobs'
import { uploadFile } from './mutations'
import { getPreview, listLabelValues } from './previewing/data'
import type { LabelUse, Mapping } from './schema'

const mapping: Mapping = {
  externalId: 'id',
  subject: null,
  messages: { kind: 'text', column: 'text' },
  time: null,
  link: null,
  metadata: [],
  label: { column: 'label', secondColumn: null, values: {} },
}

let project: TestProject
let member: Member
beforeEach(async () => {
  project = await createProject()
  member = await createMember(project, 'manager')
})

async function* pieces(bytes: Buffer, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const toLines = (rows: object[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))

/** Stores and runs a file; returns what became of it. */
async function importFile(
  file: Buffer | AsyncIterable<Uint8Array>,
  options: { importGoodRows?: boolean; labelUse?: LabelUse; mapping?: Mapping } = {},
) {
  const body = Buffer.isBuffer(file) ? pieces(file) : file
  const upload = { projectId: project.id, createdById: member.userId, fileName: 'x.jsonl' }
  const id = await storeFile({ ...upload, body, bytes: null })
  await db.import.update({ where: { id }, data: { mapping, ...options, status: 'running' } })
  await runImport(id)
  return getImport(member, id)
}

const importLines = (rows: object[], options?: Parameters<typeof importFile>[1]) =>
  importFile(toLines(rows), options)

const currentTexts = async () => {
  const rows = await db.case.findMany({
    where: { projectId: project.id, archivedAt: null },
    orderBy: { externalId: 'asc' },
  })
  return rows.map(({ externalId, revision, subject }) => [externalId, revision, subject])
}

describe('uploadFile', () => {
  it('keeps every byte of a file above the size at which bodies are cut', async () => {
    const line = `${JSON.stringify({ id: 'x', text: 'word '.repeat(200) })}\n`
    const bytes = Buffer.from(line.repeat(12_000))
    expect(bytes.length).toBeGreaterThan(10 * 1024 * 1024)
    const body = Readable.toWeb(Readable.from(pieces(bytes, 99_991))) as ReadableStream<Uint8Array>
    const { id } = await uploadFile(member, { fileName: 'big.jsonl', body, bytes: bytes.length })
    const chunks = await db.importChunk.findMany({
      where: { importId: id },
      orderBy: { position: 'asc' },
    })
    expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).equals(bytes)).toBe(true)
    expect((await getImport(member, id)).status).toBe('ready')
  })

  it.each([
    ['breaks off', 'The upload broke off', null],
    ['is cut short', 'did not arrive whole', 1_000_000],
  ])('leaves nothing of a file that %s', async (how, message, expected) => {
    async function* broken() {
      yield Buffer.alloc(1024 * 1024, '{"a":1}\n')
      if (how === 'breaks off') throw new Error('socket hang up')
    }
    const body = Readable.toWeb(Readable.from(broken())) as ReadableStream<Uint8Array>
    await expect(
      uploadFile(member, { fileName: 'x.jsonl', body, bytes: expected }),
    ).rejects.toThrow()
    const [row] = await db.import.findMany({ where: { projectId: project.id } })
    expect(row?.status).toBe('failed')
    expect(row?.error).toContain(message)
    expect(await db.importChunk.count({ where: { importId: row?.id } })).toBe(0)
  })

  it('refuses an empty file with a sentence', async () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    await expect(uploadFile(member, { fileName: 'x.csv', body, bytes: 0 })).rejects.toThrow(
      'The file is empty.',
    )
  })
})

describe('preview', () => {
  it('shows rows, columns, a guess and the labels', async () => {
    const rows = [
      { id: '1', text: 'How do I pay?', label: 'Billing' },
      { id: '2', text: 'It crashes', label: 'Broken' },
      { id: '3', text: 'It hangs', label: 'Broken' },
    ]
    const file = Buffer.concat([Buffer.from('\ufeff'), toLines(rows), Buffer.from('\nrubbish')])
    const id = await storeFile({
      projectId: project.id,
      createdById: null,
      fileName: 'x.jsonl',
      body: pieces(file),
      bytes: file.length,
    })
    const preview = await getPreview(member, id)
    expect(preview.guess?.label).toEqual({
      column: 'label',
      secondColumn: null,
      values: { Billing: project.categories.Billing },
    })
    expect(preview.warnings.join()).toMatch(/byte order mark.*1 of the first 4 rows/)
    expect(preview.rows[0]?.cells).toEqual(['1', 'How do I pay?', 'Billing'])
    expect(await listLabelValues(member, id, 'label')).toEqual({
      values: [
        { value: 'Broken', rows: 2, categoryId: null },
        { value: 'Billing', rows: 1, categoryId: project.categories.Billing },
      ],
      more: false,
    })
    const stranger = await createMember(await createProject(), 'manager')
    await expect(getPreview(stranger, id)).rejects.toThrow('not found')
  })

  it('shows the one row of a file that ends without a line break', async () => {
    const file = Buffer.from(JSON.stringify({ id: '1', text: 'How do I pay?' }))
    const id = await storeFile({
      projectId: project.id,
      createdById: null,
      fileName: 'one.jsonl',
      body: pieces(file),
      bytes: file.length,
    })
    expect(await getPreview(member, id)).toMatchObject({
      rowsRead: 1,
      rows: [{ line: 1, cells: ['1', 'How do I pay?'] }],
    })
  })
})

describe('runImport', () => {
  it('adds, revises, skips what is known and what says the same', async () => {
    const first = await importLines([
      { id: 'a', text: 'one' },
      { id: 'b', text: 'two' },
      { id: 'c', text: 'two' },
      { id: 'a', text: 'one' },
    ])
    expect(first).toMatchObject({ status: 'done', rows: 4, added: 2, duplicates: 2, bad: 0 })
    const again = await importLines([
      { id: 'a', text: 'one' },
      { id: 'b', text: 'changed' },
      { id: 'd', text: 'one' },
      { id: 'e', text: 'two' },
      { id: 'f', text: 'changed' },
    ])
    expect(again).toMatchObject({ added: 1, revised: 1, unchanged: 1, duplicates: 2 })
    expect(await currentTexts()).toEqual([
      ['a', 1, 'one'],
      ['b', 2, 'changed'],
      ['e', 1, 'two'],
    ])
    expect(await db.importChunk.count({ where: { importId: again.id } })).toBe(0)
  })

  it('archives the former revision and asks nobody about it any more', async () => {
    await importLines([{ id: 'a', text: 'one', label: 'Billing' }])
    const former = await db.case.findFirstOrThrow({ where: { projectId: project.id } })
    const assignment = { projectId: project.id, caseId: former.id, slot: 1, frame: 'dev', rank: 0 }
    await db.assignment.create({ data: { id: newId(), mode: 'blind', ...assignment } })
    await importLines([{ id: 'a', text: 'two' }])
    expect(await db.assignment.findFirstOrThrow({ where: { caseId: former.id } })).toMatchObject({
      status: 'withdrawn',
    })
    expect(await db.pendingLabel.count({ where: { caseId: former.id } })).toBe(0)
    expect(
      (await db.case.findUniqueOrThrow({ where: { id: former.id } })).archivedAt,
    ).not.toBeNull()
  })

  it('is all or nothing, unless the good rows are wanted, and says line and reason', async () => {
    const rows = [
      { id: 'a', text: 'one', label: 'billing' },
      { id: 'b', text: '' },
      { id: 'c', text: 'three', label: 'Nonsense' },
      { id: 'a', text: 'four' },
    ]
    const rejected = await importLines(rows)
    expect(rejected).toMatchObject({ status: 'rejected', rows: 4, bad: 3, added: 0 })
    expect(rejected.problems.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'The case has no text.'],
      [3, 'The label “Nonsense” is none of the categories.'],
      [4, 'The external id stands on line 1 already, with another text.'],
    ])
    expect(await currentTexts()).toEqual([])
    // The file is kept for another try.
    expect(await db.importChunk.count({ where: { importId: rejected.id } })).toBe(1)
    await db.import.update({
      where: { id: rejected.id },
      data: { status: 'running', importGoodRows: true },
    })
    await runImport(rejected.id)
    expect(await getImport(member, rejected.id)).toMatchObject({ status: 'done', added: 1, bad: 3 })
    expect(await currentTexts()).toEqual([['a', 1, 'one']])
  })

  it('keeps no label beside a case, where reviewers would see it', async () => {
    const label = { column: 'label', secondColumn: 'second', values: {} }
    const shown = { ...mapping, label, metadata: ['label', 'second', 'plan'] }
    const row = { text: 'x', label: 'Defect', second: 'Billing', plan: 'Basic' }
    await importLines([{ id: 'a', ...row }], { mapping: shown })
    await importLines([{ id: 'b', ...row, text: 'y' }], { mapping: shown, labelUse: 'none' })
    const cases = await db.case.findMany({ where: { projectId: project.id } })
    expect(cases.map(({ metadata }) => metadata)).toEqual([{ plan: 'Basic' }, { plan: 'Basic' }])
  })

  it('does not mind labels that are not wanted', async () => {
    const rows = [{ id: 'a', text: 'one', label: 'Nonsense' }]
    expect(await importLines(rows, { labelUse: 'none' })).toMatchObject({ added: 1, bad: 0 })
  })

  it('stores whatever a text holds', async () => {
    const text = 'tab\t back\\slash \\N "quote" \u0000nul \ud800half\r\nline 😀 </case> =1+1'
    await importLines([{ id: 'tab\tid', text }])
    const row = await db.case.findFirstOrThrow({ where: { projectId: project.id } })
    expect(row.externalId).toBe('tab\tid')
    expect(row.messages).toEqual([
      {
        author: '',
        role: 'customer',
        time: null,
        text: 'tab\t back\\slash \\N "quote" nul \ufffdhalf\nline 😀 </case> =1+1',
      },
    ])
  })

  it('started twice at once, or again after its end, imports once', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ id: `${i}`, text: `text ${i}` }))
    const upload = { projectId: project.id, createdById: null, fileName: 'x.jsonl', bytes: null }
    const id = await storeFile({ ...upload, body: pieces(toLines(rows)) })
    await db.import.update({ where: { id }, data: { mapping, status: 'running' } })
    const results = await Promise.all([runImport(id), runImport(id), runImport(id)])
    expect(results.filter((result) => result !== null)).toHaveLength(1)
    expect(await runImport(id)).toBeNull()
    expect(await db.case.count({ where: { projectId: project.id } })).toBe(3_000)
    expect(await getImport(member, id)).toMatchObject({ added: 3_000, duplicates: 0 })
  })

  it('stopped half way has written nothing and does it all the next time', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      id: `${i}`,
      text: `text ${i} `.repeat(20),
    }))
    const upload = { projectId: project.id, createdById: null, fileName: 'x.jsonl', bytes: null }
    const id = await storeFile({ ...upload, body: pieces(toLines([...rows, { id: 'bad' }])) })
    const data = { mapping, status: 'running' as const, importGoodRows: true }
    await db.import.update({ where: { id }, data })
    let checks = 0
    const signal = {
      throwIfAborted: () => {
        if (++checks === 4) throw new Error('killed')
      },
    }
    await expect(runImport(id, signal as unknown as AbortSignal)).rejects.toThrow('killed')
    expect(await db.case.count({ where: { projectId: project.id } })).toBe(0)
    expect(
      Number((await db.import.findUniqueOrThrow({ where: { id } })).bytesRead),
    ).toBeGreaterThan(0)
    await runImport(id)
    expect(await getImport(member, id)).toMatchObject({ status: 'done', added: 20_000, bad: 1 })
    expect(await db.importProblem.count({ where: { importId: id } })).toBe(1)
  })
})

describe('labels', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `${i}`,
    text: `unlike${i} any${i} other${i}`,
    label: 'Defect',
  }))

  it.each([
    ['none', []],
    ['dev_and_test', ['dev', 'test']],
    ['all', ['example', 'dev', 'test']],
  ] as const)('used for %s become final labels in %j', async (labelUse, pools) => {
    await importRows({ projectId: project.id, fileName: 'x.jsonl', rows, mapping, labelUse })
    const labels = await db.finalLabel.findMany({
      where: { projectId: project.id },
      include: { case: true },
    })
    expect(new Set(labels.map((label) => label.case.pool))).toEqual(new Set(pools))
    for (const label of labels) {
      expect(label).toMatchObject({
        labelId: project.categories.Defect,
        source: 'imported',
        selection: 'random',
        mode: 'blind',
      })
    }
    expect(await db.pendingLabel.count({ where: { projectId: project.id } })).toBe(0)
  })
})

const data = process.env.CLOSECALL_REAL_DATA ?? '../shared/data'
const absent = !existsSync(join(data, 'npm_issue_threads.jsonl'))

describe.skipIf(absent)(`real files${absent ? ` (skipped: ${data} is not there)` : ''}`, () => {
  const importReal = async (name: string, extra: Partial<Mapping> = {}) => {
    const body = createReadStream(join(data, name))
    const upload = { projectId: project.id, createdById: null, fileName: name, bytes: null }
    const id = await storeFile({ ...upload, body })
    const { guess } = await getPreview(member, id)
    if (!guess) throw new Error('no mapping was guessed')
    await db.import.update({
      where: { id },
      data: { mapping: { ...guess, ...extra }, status: 'running' },
    })
    await runImport(id)
    await poolCases(project.id)
    return getImport(member, id)
  }

  it('imports 428 issue threads with their labels, as guessed', async () => {
    for (const [position, name] of ['Not a Bug', 'Intrinsic', 'Extrinsic'].entries()) {
      const key = name.toLowerCase().replaceAll(' ', '-')
      await db.category.create({
        data: { id: newId(), projectId: project.id, key, name, position: 10 + position },
      })
    }
    const done = await importReal('npm_issue_threads.jsonl')
    expect(done.problems).toEqual([])
    expect(done.added + done.duplicates).toBe(428)
    expect(done.pooled + done.quarantined).toBe(done.added)
    expect(done.pooledAt).not.toBeNull()
    const labelled = await db.finalLabel.count({ where: { projectId: project.id } })
    const held = await db.case.count({
      where: { projectId: project.id, pool: { in: ['dev', 'test'] } },
    })
    expect(labelled).toBe(held)
    expect(held).toBeGreaterThan(100)
  })

  it('imports 13,083 short questions', async () => {
    const done = await importReal('banking77.jsonl', { label: null })
    expect(done).toMatchObject({ status: 'done', rows: 13_083, bad: 0 })
    expect(done.pooled + done.quarantined).toBe(done.added)
  })
})
