import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepCase } from '@/lib/cases/adding/mutations'
import { normaliseCase } from '@/lib/cases/adding/rules'
import { poolCases } from '@/lib/cases/pools/jobs'
import { changeRedaction } from '@/lib/cases/redaction/mutations'
import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { createExample, createVersion } from '@/lib/runs/testing/fixtures'
import { startBedrock, type TestBedrock } from '@/lib/runs/testing/processes'
import { MOST_CALLS_A_MINUTE } from '../asides/rules'
import { createDraft, saveDraft } from '../drafts/mutations'
import {
  getTriedRequest,
  listFormerTries,
  listPickableCases,
  openTriedCase,
  readPasted,
} from './data'
import { tryCase } from './mutations'
import { tryInput } from './schema'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let v1: string
let draft: string

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  v1 = await createVersion(project, { number: 1 })
  draft = (await createDraft(engineer, { parentId: v1 })).id
})

const INVOICE = 'My invoice shows a charge twice, please credit it to the account of last month'
const CHAT = `Customer: ${INVOICE}\nAgent: I have credited the charge.`

const open = (input: object, member = engineer) => openTriedCase(member, tryInput.parse(input))
const record = (caseIds: readonly string[]) => recordSights(engineer, caseIds)
const ask = async (input: object, ref = draft) => tryCase(engineer, ref, await open(input), record)
const listTries = async (member = engineer) => (await listFormerTries(member, draft)).tries

const hold = (caseId: string, member: Member) =>
  db.assignment.create({
    data: {
      ...{ id: newId(), caseId, projectId: project.id, slot: 1 },
      ...{ mode: 'blind', frame: 'dev', rank: 0, holderId: member.userId },
      leaseUntil: new Date(Date.now() + 60_000),
    },
  })
const wantReview = (caseId: string) =>
  db.assignment.create({
    data: {
      ...{ id: newId(), caseId, projectId: project.id, slot: 1 },
      ...{ mode: 'blind', frame: 'dev', rank: 0 },
    },
  })

describe('tryCase', () => {
  test('asks parent and draft, each as it is saved now, and keeps what was asked', async () => {
    await saveDraft(engineer, draft, { edit: 0, persona: 'You read invoices.' })
    const view = await ask({ subject: 'Charge', text: CHAT })
    expect(view.case.messages.map(({ role }) => role)).toEqual(['customer', 'agent'])
    expect(view.sides.map(({ version, edit }) => [version.number, edit])).toEqual([
      [1, 0],
      [null, 1],
    ])
    for (const { answer, error } of view.sides) {
      expect(error).toBeNull()
      expect(answer).toMatchObject({ status: 'parsed', label: 'Billing', standIn: true, cost: 0 })
      expect(answer?.inputTokens).toBeGreaterThan(0)
      expect(answer?.rawAnswer).toContain('Billing')
      const { messageIndex = 0, start, end } = answer?.place ?? {}
      expect(view.case.messages[messageIndex]?.text.slice(start, end)).toBe(answer?.evidence)
    }
    const requests = await Promise.all(
      view.sides.map(
        async ({ answer }) => (await getTriedRequest(engineer, answer?.callId ?? '')).request,
      ),
    )
    expect(requests[1]).toContain('You read invoices.')
    expect(requests[0]).not.toContain('You read invoices.')
    expect(
      await db.asideCall.count({ where: { projectId: project.id, purpose: 'playground' } }),
    ).toBe(2)
  })

  test('what is known of the case that an example comes from is not sent', async () => {
    await changeRedaction(engineer, { on: true, fields: ['customer'], authors: true })
    const metadata = { customer: 'Ostwind Reederei' }
    const from = await createCase(project, { text: 'The export crashes', metadata })
    const id = await createExample(project, draft, from)
    await db.example.update({ where: { id }, data: { text: 'Export of Ostwind Reederei' } })
    const { sides } = await ask({ text: INVOICE })
    const { request } = await getTriedRequest(engineer, sides[1]?.answer?.callId ?? '')
    expect(request).toContain('Export of [CUSTOMER_1]')
    expect(request).not.toContain('Ostwind')
  })

  test('a first version answers alone', async () => {
    const view = await ask({ text: INVOICE }, '1')
    expect(view.sides).toHaveLength(1)
    expect(view.sides[0]).toMatchObject({ version: { number: 1 }, answer: { label: 'Billing' } })
  })

  test('one side may fail while the other answers', async () => {
    const model = { modelId: 'no-such-model', maxTokens: 100, temperature: null }
    await saveDraft(engineer, draft, { edit: 0, model })
    const [parent, own] = (await ask({ text: INVOICE })).sides
    expect(parent?.answer?.label).toBe('Billing')
    expect(own?.answer).toBeNull()
    expect(own?.error).toMatch(/no model no-such-model/)
  })

  test('a version that can’t be asked says why', async () => {
    const rules = 'word '.repeat(4_000)
    const model = { modelId: 'closecall.lexical-small-v1', maxTokens: 100, temperature: null }
    await saveDraft(engineer, draft, { edit: 0, rules, model })
    expect((await ask({ text: INVOICE })).sides[1]?.error).toMatch(/leaves no room/)
  })

  test('a case that is too long is cut, and the answer says so', async () => {
    const text = `${INVOICE}. ${'More words of the same kind. '.repeat(6_000)}`
    const { sides } = await ask({ text })
    expect(sides.map(({ answer }) => answer?.cut)).toEqual([true, true])
  })

  test('an answer that could not be read has its word, and no label', async () => {
    await bedrock.setFaults({ cutOffRate: 1 })
    const { sides } = await ask({ text: INVOICE })
    expect(sides[1]?.answer).toMatchObject({ status: 'cut_off', label: null, right: null })
  })

  test('of a case with a final label it says whether the answer is right', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await setFinalLabel(project, id, project.categories.Defect, project.categories.Billing)
    const view = await ask({ caseId: id })
    expect(view.finalLabel).toEqual({ label: 'Defect', secondLabel: 'Billing' })
    expect(view.sides.map(({ answer }) => answer?.right)).toEqual([false, false])
  })

  test('no final label comes without an answer', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await setFinalLabel(project, id, project.categories.Defect)
    await bedrock.setFaults({ errorRate: { AccessDeniedException: 1 } })
    const view = await ask({ caseId: id })
    expect(view.finalLabel).toBeNull()
    expect(view.sides[0]?.error).toMatch(/refuses access/)
  })

  test('the sight is there before the model is asked, and stays when no answer comes', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await wantReview(id)
    const asked = async () =>
      db.asideCall.count({ where: { projectId: project.id, purpose: 'playground' } })
    const seen: string[][] = []
    const both = Promise.withResolvers<number>()
    await bedrock.setFaults({ errorRate: { AccessDeniedException: 1 } })
    const view = await tryCase(engineer, draft, await open({ caseId: id }), async (caseIds) => {
      seen.push([...caseIds])
      // Neither side goes on before both are here: nothing may have been asked until then.
      if (seen.length === 2) both.resolve(await asked())
      await both.promise
    })
    expect(seen).toEqual([[id], [id]])
    expect(await both.promise).toBe(0)
    expect(await asked()).toBe(2)
    expect(view).toMatchObject({ finalLabel: null, leftQueue: true })
  })

  test('what can’t be asked at all takes nothing out of anyone’s queue', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await wantReview(id)
    const alone = await createVersion(project)
    await db.versionCategory.deleteMany({ where: { versionId: alone } })
    const view = await ask({ caseId: id }, alone)
    expect(view.sides).toMatchObject([
      { answer: null, error: expect.stringContaining('at least two categories') },
    ])
    expect(view.leftQueue).toBe(false)
    expect(await db.caseSight.count({ where: { caseId: id } })).toBe(0)
  })

  test('a labelled case in one’s hands is no similar example', async () => {
    await db.version.update({ where: { id: draft }, data: { similarExamples: 2 } })
    const [free, held] = [
      await createCase(project, { text: `${INVOICE} again` }),
      await createCase(project, { text: `${INVOICE} once more` }),
    ]
    for (const id of [free, held]) await setFinalLabel(project, id, project.categories.Billing)
    const similarTo = async () => (await ask({ text: INVOICE })).sides[1]?.answer?.similarIds
    await hold(held, engineer)
    expect(await similarTo()).toEqual([free])
    await db.assignment.deleteMany({ where: { caseId: held } })
    expect((await similarTo())?.sort()).toEqual([free, held].sort())
  })

  test('an answer about its own example, or one like it, is marked', async () => {
    const id = await createCase(project, { text: INVOICE })
    await createExample(project, draft, id)
    const { sides } = await ask({ caseId: id })
    expect(sides.map(({ knows }) => knows)).toEqual([false, true])
  })

  test('nobody floods the model', async () => {
    const call = {
      ...{ projectId: project.id, purpose: 'playground' as const, askedById: engineer.userId },
      ...{ status: 'ok' as const, request: {}, requestHash: '', modelId: 'm', standIn: true },
    }
    await db.asideCall.createMany({
      data: Array.from({ length: MOST_CALLS_A_MINUTE }, () => ({ ...call, id: newId() })),
    })
    await expect(ask({ text: INVOICE })).rejects.toMatchObject({ code: 'too_many' })
  })
})

describe('openTriedCase', () => {
  test('opens cases of the example and dev pool only', async () => {
    const ids = await Promise.all(
      (['example', 'dev', 'test', null] as const).map((pool) => createCase(project, { pool })),
    )
    const opened = await Promise.allSettled(ids.map((caseId) => open({ caseId })))
    expect(opened.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ])
    const stranger = await createMember(await createProject(), 'prompt_engineer')
    await expect(open({ caseId: ids[0] }, stranger)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a case in one’s own hands is answered first', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await hold(id, engineer)
    await expect(open({ caseId: id })).rejects.toMatchObject({ code: 'conflict' })
    expect((await listPickableCases(engineer, { q: '' })).map((one) => one.id)).not.toContain(id)
    const other = await createMember(project, 'prompt_engineer')
    expect(await open({ caseId: id }, other)).toMatchObject({ id, seen: [id] })
  })

  test('says what leaves the queue of whoever tries it, once', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    const idle = await createCase(project, { pool: 'dev' })
    await wantReview(id)
    expect((await open({ caseId: id })).leavesQueue).toBe(true)
    expect((await open({ caseId: idle })).leavesQueue).toBe(false)
    expect((await ask({ caseId: id })).leftQueue).toBe(true)
    await recordSights(engineer, [id])
    expect((await open({ caseId: id })).leavesQueue).toBe(false)
    const [found] = await listPickableCases(engineer, { q: INVOICE.slice(0, 20) })
    expect(found).toMatchObject({ id, pool: 'dev', leavesQueue: false })
  })

  test('finds by id and by subject, without wildcards, never a test case', async () => {
    await createCase(project, { pool: 'test', text: 'stops at 45% of all' })
    const id = await createCase(project, { pool: 'dev', text: 'stops at 45% of all' })
    const find = async (q: string) =>
      (await listPickableCases(engineer, { q })).map((one) => one.id)
    expect(await find('45% of')).toEqual([id])
    expect(await find(`T-${id}`)).toEqual([id])
    expect(await find('4%all')).toEqual([])
  })

  test('a pasted text that is nearly a case of the project counts as that case', async () => {
    const id = await importInto('dev', CHAT)
    const text = CHAT.replace('please', 'Please')
    expect(await open({ text })).toMatchObject({ id: null, seen: [id] })
    const other = await createMember(project, 'prompt_engineer')
    await hold(id, other)
    await expect(open({ text }, other)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a pasted text that nearly stands in the test pool can’t be tried', async () => {
    await importInto('test', CHAT)
    await expect(open({ text: CHAT })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(keepCase(engineer, readPasted({ subject: '', text: CHAT }))).rejects.toMatchObject(
      { code: 'conflict' },
    )
  })

  test('an empty text is refused', async () => {
    await expect(open({ subject: 'Only this', text: ' \n' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { text: expect.any(String) },
    })
  })
})

/** A case that says this, as a file brings it, in this pool; returns its id. */
async function importInto(pool: 'example' | 'dev' | 'test', text: string): Promise<string> {
  const normal = normaliseCase(readPasted({ subject: '', text }))
  const { labelId: _, secondLabelId: __, textHash, ...content } = normal
  const id = newId()
  await db.case.create({
    data: {
      ...{ ...content, id, projectId: project.id, externalId: `T-${id}`, rank: 0 },
      textHash: new Uint8Array(textHash),
    },
  })

  const shares = { example: [100, 0], dev: [0, 100], test: [0, 0] }[pool]
  await db.project.update({
    where: { id: project.id },
    data: { exampleShare: shares[0], devShare: shares[1] },
  })
  await poolCases(project.id)
  await db.case.findFirstOrThrow({ where: { id, pool } })
  return id
}

describe('keepCase', () => {
  test('makes one case of a text, with its sight, in the cluster of its near-duplicates', async () => {
    const content = readPasted({ subject: 'Charge', text: CHAT })
    const first = await keepCase(engineer, content)
    const again = await keepCase(engineer, content)
    expect(first).toMatchObject({ isNew: true, externalId: expect.stringMatching(/^playground-/) })
    expect(again).toEqual({ ...first, isNew: false })
    expect(await db.case.count({ where: { projectId: project.id } })).toBe(1)
    const stored = await db.case.findUniqueOrThrow({ where: { id: first.id } })
    expect(stored).toMatchObject({ subject: 'Charge', pool: null, importId: null })
    expect(await db.caseSight.count({ where: { caseId: first.id, userId: engineer.userId } })).toBe(
      1,
    )
    await poolCases(project.id)
    const near = await keepCase(engineer, readPasted({ subject: 'Charge', text: `${CHAT}!` }))
    await poolCases(project.id)
    const [one, other] = await Promise.all(
      [first, near].map(({ id }) => db.case.findUniqueOrThrow({ where: { id } })),
    )
    expect(one).toMatchObject({ pool: 'example', clusterId: expect.any(String) })
    expect(other).toMatchObject({ pool: 'example', clusterId: one?.clusterId })
  })

  test('what prompts were tried on is neither measured on nor tested on', async () => {
    await db.project.update({ where: { id: project.id }, data: { exampleShare: 0, devShare: 0 } })
    const alone = await keepCase(engineer, readPasted({ subject: '', text: 'Something else.' }))
    await poolCases(project.id)
    const found = await db.case.findUniqueOrThrow({ where: { id: alone.id } })
    expect(found.pool).toBe('example')
    await importInto('dev', CHAT)
    const near = await keepCase(engineer, readPasted({ subject: '', text: `${CHAT}!` }))
    await poolCases(project.id)
    expect(await db.case.findUniqueOrThrow({ where: { id: near.id } })).toMatchObject({
      pool: null,
      quarantinedAt: expect.any(Date),
    })
  })

  test('two at once make one', async () => {
    const content = readPasted({ subject: '', text: CHAT })
    const other = await createMember(project, 'prompt_engineer')
    const kept = await Promise.all([keepCase(engineer, content), keepCase(other, content)])
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(1)
  })
})

describe('listFormerTries', () => {
  test('lists one’s own, the newest first', async () => {
    const id = await createCase(project, { pool: 'dev', text: INVOICE })
    await ask({ caseId: id })
    await ask({ text: 'The export crashes with an error since the update' })
    const tries = await listTries()
    expect(tries.map((one) => [one.case?.id ?? null, one.label])).toEqual([
      [null, 'Defect'],
      [id, 'Billing'],
    ])
    const other = await createMember(project, 'prompt_engineer')
    expect(await listTries(other)).toEqual([])
    await expect(getTriedRequest(other, tries[0]?.callId ?? '')).rejects.toMatchObject({
      code: 'not_found',
    })
  })
  test('without what one is asked about now, and what it tells of is named', async () => {
    await db.version.update({ where: { id: draft }, data: { similarExamples: 2 } })
    const [own, beside] = [
      await createCase(project, { pool: 'dev', text: INVOICE }),
      await createCase(project, { text: `${INVOICE} again` }),
    ]
    await setFinalLabel(project, beside, project.categories.Billing)
    await ask({ caseId: own })
    const all = await listFormerTries(engineer, draft)
    expect(all.tellsOfIds.sort()).toEqual([own, beside].sort())
    const callId = all.tries[0]?.callId ?? ''
    // Asked again on purpose, as for a repeat: of the case itself, then of one beside it.
    for (const caseId of [own, beside]) {
      const { id } = await wantReview(caseId)
      await db.assignment.update({ where: { id }, data: { forUserId: engineer.userId } })
      expect(await listFormerTries(engineer, draft)).toEqual({ tries: [], tellsOfIds: [] })
      await expect(getTriedRequest(engineer, callId)).rejects.toMatchObject({ code: 'conflict' })
      await db.assignment.delete({ where: { id } })
    }
    expect((await getTriedRequest(engineer, callId)).tellsOfIds.sort()).toEqual(
      [own, beside].sort(),
    )
  })
})
