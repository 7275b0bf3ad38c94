import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { startBedrock, type TestBedrock } from '@/lib/runs/testing/processes'
import { getPromptContent, getVersion } from '../data'
import { freezeDraft, saveDraft } from '../drafts/mutations'
import { getProposals, listSources, readPairMaterial } from './data'
import { draftByModel, draftProposal } from './drafting/mutations'
import { estimateRules } from './estimates/data'
import { draftWantedRules, resumeWantedRules } from './jobs'
import { decideProposal, draftEachProposal } from './mutations'
import { wantRules } from './wanting/mutations'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let setupId: string
let draftId: string

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  const version = await createVersion(project, { number: 1 })
  setupId = version.setupId
  draftId = (await createVersion(project, { parentId: version.id })).id
})

/** A case that was taken for a defect, corrected to Billing. */
async function correct(note: string, labelled = true): Promise<string> {
  const { Billing, Defect } = project.categories
  const caseId = await createCase(project, { pool: 'example' })
  await createFinishedRun(project, setupId, {
    ...{ pool: 'example', content: {}, contentHash: 'x', answers: { [caseId]: Defect } },
  })
  const { id } = await db.suggestion.findFirstOrThrow({ where: { caseId } })
  const rob = await createMember(project, 'reviewer', 'Rob')
  await createReview(rob, caseId, {
    ...{ labelId: Billing, mode: 'shown', suggestionId: id, thumb: 'down', note },
  })
  if (labelled) await setFinalLabel(project, caseId, Billing)
  return caseId
}

/** A dispute about the same choice, settled by a sentence. */
async function settle(precedent: string): Promise<string> {
  const { Billing, Defect } = project.categories
  const caseId = await createCase(project, { pool: 'example' })
  await db.finalLabel.create({
    data: {
      ...{ caseId, projectId: project.id, labelId: Billing, source: 'settled', precedent },
      ...{ among: [Billing, Defect], settledById: engineer.userId },
    },
  })
  return caseId
}

const pair = () => ({
  suggestedId: project.categories.Defect,
  rightId: project.categories.Billing,
  fromTemplate: false,
})
const propose = () => draftProposal(engineer, draftId, pair())
const on = (proposal: string) => ({ version: draftId, proposal })

test('with the stand-in a rule comes from a template, out of notes and precedents, never twice', async () => {
  const cases = [await correct('The invoice was wrong.'), await correct('About an invoice.')]
  const settled = await settle('A double charge is billing.')
  const before = await getPromptContent(project.id, draftId)
  const drafted = []
  for (let i = 0; i < 4; i++) drafted.push(await propose())
  expect(drafted.map(({ problem }) => problem)).toEqual([
    ...[null, null, null],
    expect.stringContaining('nothing more to propose'),
  ])
  const view = await getProposals(engineer, draftId)
  expect(view).toMatchObject({ standIn: true, edit: 0 })
  expect(view.pairs).toMatchObject([{ suggested: 'Defect', right: 'Billing', corrections: 2 }])
  const [bare, words, precedent] = view.proposals
  expect(bare).toMatchObject({ target: 'rules', draftedBy: 'template', status: 'open' })
  expect(words).toMatchObject({ target: 'description', category: 'Billing' })
  expect(words?.text).toContain('“invoice”')
  expect(precedent?.text).toBe('A double charge is billing.')
  expect(new Set(listSources(view))).toEqual(new Set([settled, ...cases]))
  expect(precedent?.sources.map(({ kind, said }) => [kind, said])).toContainEqual([
    ...['precedent', 'A double charge is billing.'],
  ])
  // Proposing changes nothing of the draft.
  expect(await getPromptContent(project.id, draftId)).toEqual(before)
  expect((await getVersion(engineer, draftId)).edit).toBe(0)
})

test('a case that may still be asked about is no source of what everyone is shown', async () => {
  await correct('The secret word is marmalade.', false)
  await expect(propose()).rejects.toThrow('no correction with a final label')
  const known = await correct('The invoice was wrong.')
  await propose()
  const view = await getProposals(engineer, draftId)
  expect(listSources(view)).toEqual([known])
  expect(JSON.stringify(view.proposals)).not.toContain('marmalade')
  // A label that is taken back takes its case out of view.
  await db.finalLabel.delete({ where: { caseId: known } })
  expect(listSources(await getProposals(engineer, draftId))).toEqual([])
})

test('an accepted rule joins the draft, edited if wanted, and leaves it when taken back', async () => {
  await settle('A double charge is billing.')
  await correct('The invoice was wrong.')
  const [rule, sentence] = [(await propose()).id ?? '', (await propose()).id ?? '']
  await decideProposal(engineer, on(rule), { decision: 'accept', edit: 0 })
  const text = 'Invoices belong here.'
  await decideProposal(engineer, on(sentence), { decision: 'accept', edit: 1, text })
  const content = await getPromptContent(project.id, draftId)
  expect(content.rules).toBe('Choose one.\nA double charge is billing.')
  const billing = () => ({ name: 'Billing', description: `Billing matters. ${text}` })
  expect(content.categories).toContainEqual(expect.objectContaining(billing()))
  const { edit, proposals } = await getProposals(engineer, draftId)
  expect(edit).toBe(2)
  expect(proposals.map((one) => [one.status, one.editedText, one.decidedBy])).toEqual([
    ['accepted', text, 'Eva'],
    ['accepted', null, 'Eva'],
  ])
  await decideProposal(engineer, on(sentence), { decision: 'reopen', edit: 2 })
  await decideProposal(engineer, on(rule), { decision: 'reopen', edit: 3 })
  const after = await getPromptContent(project.id, draftId)
  expect(after.rules).toBe('Choose one.')
  expect(after.categories.find(({ name }) => name === 'Billing')?.description).toBe(
    'Billing matters.',
  )
})

test('nobody is overwritten: an old edit, a second decision, a frozen draft are refused', async () => {
  await correct('The invoice was wrong.')
  const id = (await propose()).id ?? ''
  await saveDraft(engineer, draftId, { edit: 0, rules: 'Mine.' })
  const accept = (edit: number) => decideProposal(engineer, on(id), { decision: 'accept', edit })
  await expect(accept(0)).rejects.toMatchObject({ code: 'conflict' })
  expect((await getPromptContent(project.id, draftId)).rules).toBe('Mine.')
  await decideProposal(engineer, on(id), { decision: 'reject' })
  await expect(accept(1)).rejects.toThrow('decided about this proposal meanwhile')
  await decideProposal(engineer, on(id), { decision: 'reopen', edit: 0 })
  expect((await getVersion(engineer, draftId)).edit).toBe(1)
  const both = await Promise.allSettled([accept(1), accept(1)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const other = (await propose()).id ?? ''
  await freezeDraft(engineer, draftId, 2)
  const late = decideProposal(engineer, on(other), { decision: 'accept', edit: 3 })
  await expect(late).rejects.toThrow('frozen as v2')
  await expect(propose()).rejects.toThrow('is frozen')
  await expect(wantRules(engineer, draftId, want())).rejects.toThrow('is frozen')
})

test('a text that would grow too long is refused, and nothing is changed', async () => {
  await settle('A double charge is billing.')
  const id = (await propose()).id ?? ''
  await saveDraft(engineer, draftId, { edit: 0, rules: 'x'.repeat(49_990) })
  const accept = decideProposal(engineer, on(id), { decision: 'accept', edit: 1 })
  await expect(accept).rejects.toMatchObject({ code: 'invalid' })
  expect((await getVersion(engineer, draftId)).edit).toBe(1)
  expect((await getProposals(engineer, draftId)).proposals[0]?.status).toBe('open')
})

test('one draft for each proposal: all from the same parent, each with its rule alone', async () => {
  await settle('A double charge is billing.')
  await correct('The invoice was wrong.')
  const ids = [(await propose()).id ?? '', (await propose()).id ?? '']
  const drafts = await draftEachProposal(engineer, draftId, { ids })
  const [first, second] = await Promise.all(drafts.ids.map((id) => getVersion(engineer, id)))
  expect([first?.parent?.id, second?.parent?.id]).toEqual([draftId, draftId])
  expect(first?.rules).toContain('A double charge is billing.')
  expect(second?.rules).toBe('Choose one.')
  expect(second?.categories.find(({ name }) => name === 'Billing')?.description).toContain(
    'Not Defect',
  )
  expect(first?.note).toBe('Proposal: A double charge is billing.')
  const { proposals, edit } = await getProposals(engineer, draftId)
  expect(proposals.map(({ status }) => status)).toEqual(['open', 'open'])
  expect(edit).toBe(0)
})

test('where one of the drafts can not be made, none is', async () => {
  await settle('A double charge is billing.')
  await correct('The invoice was wrong.')
  const ids = [(await propose()).id ?? '', (await propose()).id ?? '']
  const gone = { versionId: draftId, categoryId: project.categories.Billing }
  await db.versionCategory.deleteMany({ where: gone })
  const before = await db.version.count({ where: { projectId: project.id } })
  await expect(draftEachProposal(engineer, draftId, { ids })).rejects.toMatchObject({
    code: 'invalid',
  })
  expect(await db.version.count({ where: { projectId: project.id } })).toBe(before)
})

test('a model that answers something else, is cut off or away gives a sentence', async () => {
  const asked = {
    suggested: { name: 'Defect', description: '' },
    right: { name: 'Billing', description: '' },
    material: { corrections: [], otherNotes: [], precedents: [] },
    home: { rules: '', description: '' },
    former: [],
  }
  const ask = (modelId = 'closecall.lexical-v1') =>
    draftByModel(
      engineer,
      { id: draftId, model: { modelId, maxTokens: 100, temperature: null } },
      asked,
    )
  // The stand-in classifies: what it writes is no rule.
  expect(await ask()).toEqual({ problem: expect.stringContaining('no rule that could be read') })
  await bedrock.setFaults({ cutOffRate: 1 })
  expect(await ask()).toEqual({ problem: expect.stringContaining('cut off') })
  await bedrock.setFaults({ errorRate: { AccessDeniedException: 1 } })
  expect(await ask()).toEqual({ problem: expect.stringContaining('Then ask again.') })
  await bedrock.setFaults({})
  expect(await ask('no-such-model')).toEqual({ problem: expect.stringContaining('no-such-model') })
  const calls = await db.asideCall.findMany({ where: { versionId: draftId } })
  expect(calls.map(({ purpose }) => purpose)).toEqual(Array(4).fill('rule'))
  expect(await db.proposal.count({ where: { versionId: draftId } })).toBe(0)
})

test('what people noted leaves for the model with placeholders', async () => {
  await correct('ann@x.com says the invoice was wrong.')
  const material = await readPairMaterial(engineer, pair())
  await draftByModel(
    engineer,
    {
      id: draftId,
      model: { modelId: 'closecall.lexical-v1', maxTokens: 100, temperature: null },
    },
    {
      suggested: { name: 'Defect', description: '' },
      right: { name: 'Billing', description: '' },
      ...{ material, home: { rules: '', description: '' }, former: [] },
    },
  )
  const call = await db.asideCall.findFirstOrThrow({ where: { versionId: draftId } })
  const sent = JSON.stringify(call.request)
  expect(sent).toContain('[EMAIL_1] says the invoice was wrong.')
  expect(sent).not.toContain('ann@x.com')
})

const want = () => ({ pairs: [pair()], fromTemplate: true })
const work = () => draftWantedRules(draftId, new AbortController().signal)

test('what was asked for is drafted by the worker, once, whoever watches', async () => {
  await correct('The invoice was wrong.')
  await wantRules(engineer, draftId, want())
  // Asked for again while it waits: that is the same.
  await wantRules(engineer, draftId, want())
  const before = await getProposals(engineer, draftId)
  expect(before).toMatchObject({ proposals: [], drafting: { done: 0, of: 1 } })
  expect(before.wanted).toMatchObject([{ waiting: true, problem: null }])
  await Promise.all([work(), work()])
  const after = await getProposals(engineer, draftId)
  expect(after.proposals).toMatchObject([{ status: 'open', suggested: 'Defect', right: 'Billing' }])
  expect(after.wanted).toMatchObject([{ waiting: false, problem: null }])
  expect(after.drafting).toBeNull()
})

test('why there is no rule is kept with what was asked for, and the others are drafted', async () => {
  await correct('The invoice was wrong.')
  const { Education, Billing } = project.categories
  const nothing = { suggestedId: Education, rightId: Billing }
  await wantRules(engineer, draftId, { pairs: [nothing, pair()], fromTemplate: true })
  await work()
  const { wanted, proposals } = await getProposals(engineer, draftId)
  expect(wanted).toMatchObject([
    { ...nothing, problem: expect.stringContaining('no correction with a final label') },
    { problem: null },
  ])
  expect(proposals).toHaveLength(1)
  await wantRules(engineer, draftId, { pairs: [nothing], fromTemplate: true })
  const { drafting } = await getProposals(engineer, draftId)
  expect(drafting).toEqual({ done: 0, of: 1 })
})

test('what a killed worker held is drafted once its lease is over, and a lost job is put back', async () => {
  await correct('The invoice was wrong.')
  await wantRules(engineer, draftId, want())
  await db.wantedRule.updateMany({ data: { leaseUntil: new Date(Date.now() + 60_000) } })
  await work()
  expect((await getProposals(engineer, draftId)).proposals).toEqual([])
  const waiting = () => db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job
    WHERE name = 'versions.draft-rules' AND data->>'versionId' = ${draftId}`
  await db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'versions.draft-rules'`
  await resumeWantedRules()
  expect(await waiting()).toEqual([{ n: 0 }])
  await db.wantedRule.updateMany({ data: { leaseUntil: new Date(0) } })
  await resumeWantedRules()
  expect(await waiting()).toEqual([{ n: 1 }])
  await work()
  expect((await getProposals(engineer, draftId)).proposals).toHaveLength(1)
})

test('nothing is drafted for someone who has lost the right to', async () => {
  await correct('The invoice was wrong.')
  await wantRules(engineer, draftId, want())
  await db.membership.updateMany({ where: { userId: engineer.userId }, data: { role: 'reviewer' } })
  await work()
  const { wanted, proposals } = await getProposals(engineer, draftId)
  expect(wanted[0]?.problem).toContain('may not change drafts')
  expect(proposals).toEqual([])
})

test('what the model would cost is told from the very requests, for pairs without a proposal', async () => {
  await correct('The invoice was wrong.')
  const estimate = await estimateRules(engineer, draftId)
  expect(estimate).toMatchObject({ modelId: 'closecall.lexical-v1', calls: 1, outputTokens: 400 })
  expect(estimate.inputTokens).toBeGreaterThan(200)
  await propose()
  expect(await estimateRules(engineer, draftId)).toMatchObject({ calls: 0, inputTokens: 0 })
})

test('another project’s proposals are not found', async () => {
  await correct('The invoice was wrong.')
  const id = (await propose()).id ?? ''
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const notFound = { code: 'not_found' }
  await expect(getProposals(stranger, draftId)).rejects.toMatchObject(notFound)
  await expect(draftProposal(stranger, draftId, pair())).rejects.toMatchObject(notFound)
  await expect(wantRules(stranger, draftId, want())).rejects.toMatchObject(notFound)
  await expect(estimateRules(stranger, draftId)).rejects.toMatchObject(notFound)
  await expect(decideProposal(stranger, on(id), { decision: 'reject' })).rejects.toMatchObject(
    notFound,
  )
  await expect(draftEachProposal(stranger, draftId, { ids: [id] })).rejects.toMatchObject(notFound)
})
