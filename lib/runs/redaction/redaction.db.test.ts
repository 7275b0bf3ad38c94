import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeRedaction } from '@/lib/cases/redaction/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { findEvidence } from '../answers/evidence/rules'
import { listCallsOfCase } from '../calls/data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createExample, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'

const TEXT =
  'Brackwater Tiles: my invoice shows a charge twice, write to ann@x.com or ANN@x.com please'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let caseId: string
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
  const metadata = { customer: 'Brackwater Tiles' }
  caseId = await createCase(project, { pool: 'dev', text: TEXT, metadata })
})

async function run(): Promise<string> {
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  await labelRun(id, new AbortController().signal, 4_000)
  expect((await db.run.findUniqueOrThrow({ where: { id } })).status).toBe('done')
  return id
}

const set = (on: boolean, fields: string[] = []) =>
  changeRedaction(engineer, { on, fields, authors: true })

async function readCall() {
  const [call, ...others] = await listCallsOfCase(engineer, caseId)
  expect(others).toEqual([])
  if (!call) throw new Error('No call was made')
  return call
}

test('what is recognised does not leave, is told to whoever may see the call, and comes back whole', async () => {
  await set(true, ['customer'])
  const runId = await run()
  const call = await readCall()
  expect(call.exact).toBe(true)
  expect(call.request).toContain('[CUSTOMER_1]: my invoice shows a charge twice')
  expect(call.request).toContain('write to [EMAIL_1] or [EMAIL_1] please')
  expect(call.request).not.toMatch(/ann@x\.com|Brackwater/i)
  expect(call.replaced).toEqual([
    expect.objectContaining({ placeholder: '[CUSTOMER_1]', values: ['Brackwater Tiles'] }),
    {
      ...{ placeholder: '[EMAIL_1]', kind: 'email', times: expect.any(Number) },
      values: ['ann@x.com', 'ANN@x.com'],
    },
  ])
  const suggestion = await db.suggestion.findFirstOrThrow({ where: { runId } })
  expect(suggestion.status).toBe('parsed')
  expect(`${suggestion.evidence} ${suggestion.explanation}`).not.toMatch(/\[(EMAIL|CUSTOMER)_/)
  // The stand-in quotes the sentence that decided: it stands in the case, letter for letter.
  expect(call.rawAnswer).toContain('[CUSTOMER_1]')
  expect(findEvidence(suggestion.evidence, [{ text: TEXT }])).not.toBeNull()
})

test('with the setting off the text is sent as it is', async () => {
  await set(false, ['customer'])
  await run()
  const call = await readCall()
  expect(call.request).toContain(TEXT)
  expect(call.replaced).toEqual([])
})

describe('a run', () => {
  test('goes on under the setting it was made under', async () => {
    const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
    await set(false)
    await labelRun(id, new AbortController().signal, 4_000)
    expect((await readCall()).request).toContain('write to [EMAIL_1]')
  })

  test('from before there was a setting replaced nothing, and its requests are still rebuilt', async () => {
    const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
    await db.$executeRaw`UPDATE "Run" SET redaction = NULL WHERE id = ${id}::uuid`
    await labelRun(id, new AbortController().signal, 4_000)
    expect(await readCall()).toMatchObject({ exact: true, replaced: [] })
  })

  test('is pinned by the database where nothing else does it', async () => {
    await set(true, ['plan'])
    const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
    const {
      redaction: _,
      id: __,
      content,
      price: ___,
      ...row
    } = await db.run.findUniqueOrThrow({ where: { id } })
    const copy = await db.run.create({
      data: { ...row, content: promptContent.parse(content), id: crypto.randomUUID() },
    })
    expect(copy.redaction).toEqual({ on: true, fields: ['plan'], authors: true })
  })
})

test('similar cases and examples leave with placeholders too, and the version keeps its identity', async () => {
  await db.version.update({ where: { id: versionId }, data: { similarExamples: 2 } })
  const other = await createCase(project, {
    text: 'Brightside Ltd: my invoice shows a charge twice, says bob@y.com',
    metadata: { customer: 'Brightside Ltd' },
  })
  await setFinalLabel(project, other, project.categories.Billing)
  const shown = await createCase(project, {
    text: 'The export crashes with an error',
    metadata: { customer: 'Eastgate Inc' },
  })
  const exampleId = await createExample(project, versionId, shown)
  await db.example.update({
    where: { id: exampleId },
    data: {
      text: 'Mail eve@z.com about the export',
      explanation: 'eve@z.com of Eastgate Inc says so.',
    },
  })
  await set(true, ['customer'])
  const id = await run()
  const { request, exact, tellsOfIds } = await readCall()
  expect(tellsOfIds).toEqual([other])
  expect(request).not.toMatch(/bob@y\.com|Brightside|eve@z\.com|Eastgate/)
  expect(request).toContain('Mail [EMAIL_1] about the export')
  // What is known of an example’s case is known in what somebody typed of it.
  expect(request).toContain('[EMAIL_1] of [CUSTOMER_1] says so.')
  expect(exact).toBe(true)
  const pinned = await db.run.findUniqueOrThrow({ where: { id } })
  expect(pinned.contentHash).toBe(contentHash(await getPromptContent(project.id, versionId)))
})
