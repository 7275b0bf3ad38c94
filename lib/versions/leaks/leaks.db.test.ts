import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importRows } from '@/lib/cases/imports/jobs'
import type { Mapping } from '@/lib/cases/imports/schema'
import { isNear, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db, pool } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { untilSomeoneWaits } from '@/lib/platform/testing/locks'
import { createVersion } from '@/lib/platform/testing/versions'
import { createDraft, discardDraft, freezeDraft } from '../drafts/mutations'
import { addExample, changeExample, removeExample } from '../examples/mutations'
import { renderExampleCase } from '../examples/rules'
import { shinglesOfExample } from './rules'

const WORDS =
  'the nightly export to our warehouse stops at half since last update and nothing changed here so please tell us which log you need'.split(
    ' ',
  )

/** What is said about one topic: near-identical whatever the variant, and unlike any other topic. */
const say = (topic: number, variant: number): string =>
  ['', 'a']
    .flatMap((end) => WORDS.map((word) => `${word}${end}${topic}`))
    .with(variant % WORDS.length, `variant${variant}`)
    .join(' ')

type ImportedCase = { externalId: number; topics: number[]; variant: number }

type Step =
  | { do: 'import'; cases: ImportedCase[] }
  | { do: 'promote'; which: number; text: Edit }
  | { do: 'edit'; which: number; text: Edit }
  | { do: 'remove' | 'discard'; which: number }
  | { do: 'fork' | 'freeze' }

/** How a person makes the text of an example: shortened, or written anew about a topic. */
type Edit = { keep: 'all' | 'first' | 'last' } | { topic: number; variant: number }

/** What stands between examples and the cases that versions are judged by, each removable. */
type Barrier = { saving: boolean; pooling: boolean; trigger: boolean }

const WHOLE: Barrier = { saving: true, pooling: true, trigger: true }

const topic = fc.nat(5)
const variant = fc.nat(9)
const which = fc.nat(50)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ keep: fc.constantFrom('all' as const, 'first' as const, 'last' as const) }),
  fc.record({ topic, variant }),
)
const imported = fc.uniqueArray(
  fc.record({
    externalId: fc.nat(11),
    topics: fc.array(topic, { minLength: 1, maxLength: 2 }),
    variant,
  }),
  { selector: ({ externalId }) => externalId, minLength: 1, maxLength: 6 },
)
const importStep = fc.record({ do: fc.constant('import' as const), cases: imported })
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: importStep, weight: 4 },
  { arbitrary: fc.record({ do: fc.constant('promote' as const), which, text: edit }), weight: 6 },
  { arbitrary: fc.record({ do: fc.constant('edit' as const), which, text: edit }), weight: 2 },
  fc.record({ do: fc.constantFrom('remove' as const, 'discard' as const), which }),
  fc.record({ do: fc.constantFrom('fork' as const, 'freeze' as const) }),
)
const course = fc
  .tuple(importStep, fc.array(step, { minLength: 6, maxLength: 12 }))
  .map(([first, others]): Step[] => [first, ...others])

const MAPPING: Mapping = {
  externalId: 'id',
  subject: 'subject',
  messages: {
    kind: 'list',
    column: 'messages',
    text: 'text',
    author: 'author',
    role: 'role',
    time: 'time',
    roles: { customer: ['customer'], agent: ['agent'], system: [] },
  },
  time: null,
  link: null,
  metadata: [],
  label: null,
}

async function importCases(projectId: string, cases: readonly ImportedCase[]): Promise<void> {
  const rows = cases.map(({ externalId, topics, variant: changed }) => {
    const texts = topics.map((one) => say(one, changed))
    return {
      id: `C-${externalId}`,
      subject: `${texts[0]?.slice(0, 40)}…`,
      messages: texts.map((text, at) => ({
        text,
        author: 'Pat',
        role: at === 0 ? 'customer' : 'agent',
        time: '2026-01-01T00:00:00Z',
      })),
    }
  })
  await importRows({ projectId, fileName: 'x.jsonl', rows, mapping: MAPPING, labelUse: 'none' })
}

/** Every pair of an example (its text or its case) and a case of dev or test that say nearly the same. */
async function listLeaks(projectId: string): Promise<string[]> {
  const judging = await db.case.findMany({
    where: { projectId, pool: { in: ['dev', 'test'] }, archivedAt: null },
  })
  const examples = await db.example.findMany({
    where: { version: { projectId } },
    include: { case: true },
  })
  const others = judging.map((one) => ({ id: one.id, said: shinglesOf(caseContent.parse(one)) }))
  return examples.flatMap(({ id, text, case: from }) => {
    const said = [...shinglesOfExample(text), shinglesOf(caseContent.parse(from))]
    return others
      .filter((other) => said.some((form) => isNear(form, other.said)))
      .map((other) => `${id} ${other.id}`)
  })
}

/** What people do in one project, with whole or with removed parts of the barrier. */
async function startProject(barrier: Barrier) {
  const project = await createProject()
  const member = await createMember(project, 'prompt_engineer')
  await createVersion(project)
  let refused = 0

  async function attempt(change: () => Promise<unknown>): Promise<void> {
    try {
      await change()
    } catch (error) {
      // What is refused is refused with a sentence, and nothing else may go wrong.
      if (!(error instanceof AppError)) throw error
      expect(error.message).toMatch(/example pool|nearly the same|was not found|only version/)
      refused += 1
    }
  }

  async function takeStep(one: Step): Promise<void> {
    const versions = await db.version.findMany({
      where: { projectId: project.id, number: null, archivedAt: null },
      orderBy: { id: 'asc' },
    })
    const draft = versions.at(-1)
    const examples = await db.example.findMany({
      where: { versionId: draft?.id ?? newId() },
      orderBy: { id: 'asc' },
    })
    const pick = <T>(list: readonly T[]): T | undefined =>
      'which' in one ? list[one.which % Math.max(1, list.length)] : undefined
    const example = pick(examples)
    if (one.do === 'import') {
      await withoutExamples(project.id, barrier.pooling, () => importCases(project.id, one.cases))
    } else if (one.do === 'fork' || !draft) {
      const parent = await db.version.findFirstOrThrow({
        where: { projectId: project.id, archivedAt: null },
        orderBy: { createdAt: 'desc' },
      })
      await createDraft(member, { parentId: parent.id })
    } else if (one.do === 'freeze') {
      await freezeDraft(member, draft.id, draft.edit)
    } else if (one.do === 'discard') {
      await attempt(() => discardDraft(member, draft.id))
    } else if (one.do === 'promote') {
      const cases = await db.case.findMany({
        where: { projectId: project.id },
        orderBy: [{ externalId: 'asc' }, { revision: 'asc' }],
      })
      const from = pick(cases)
      if (!from) return
      // Where the trigger alone is gone, it is the case that leaks, not the text.
      const text = barrier.trigger
        ? editText(one.text, caseContent.parse(from))
        : 'Nothing like any case'
      const added = { caseId: from.id, text, position: examples.length }
      if (!barrier.saving) await insertExample(project, draft.id, added, barrier.trigger)
      else await attempt(() => saveExample(project, member, draft, added))
    } else if (example && one.do === 'remove') {
      await removeExample(member, draft.id, example.id, draft.edit)
    } else if (example && one.do === 'edit') {
      const from = await db.case.findUniqueOrThrow({ where: { id: example.caseId } })
      const text = editText(one.text, caseContent.parse(from))
      if (!barrier.saving) await db.example.update({ where: { id: example.id }, data: { text } })
      else {
        await attempt(() => changeExample(member, draft.id, example.id, { edit: draft.edit, text }))
      }
    }
  }
  return { projectId: project.id, takeStep, countRefused: () => refused }
}

function editText(how: Edit, content: ReturnType<typeof caseContent.parse>): string {
  if ('topic' in how) return say(how.topic, how.variant)
  const { messages } = content
  const kept =
    how.keep === 'all' ? messages : messages.slice(how.keep === 'first' ? 0 : -1).slice(0, 1)
  return how.keep === 'all' ? renderExampleCase(content) : `… ${kept[0]?.text ?? ''}`
}

type Added = { caseId: string; text: string; position: number }

function saveExample(
  project: TestProject,
  member: Member,
  draft: { id: string; edit: number },
  { caseId, text }: Added,
) {
  return addExample(member, draft.id, {
    edit: draft.edit,
    kind: 'good',
    caseId,
    text,
    labelId: project.categories.Billing,
    wrongLabelId: null,
    explanation: '',
  })
}

/** Straight into the table; what the trigger refuses stays out, unless it is gone too. */
async function insertExample(
  project: TestProject,
  versionId: string,
  added: Added,
  trigger: boolean,
): Promise<void> {
  const from = await db.case.findUniqueOrThrow({ where: { id: added.caseId } })
  if (trigger && from.pool !== 'example') return
  await db.example.create({
    data: {
      id: newId(),
      versionId,
      kind: 'good',
      labelId: project.categories.Billing,
      explanation: '',
      ...added,
    },
  })
}

/** Nobody pooling cases can see the examples when they are not there. */
async function withoutExamples(
  projectId: string,
  guarded: boolean,
  work: () => Promise<void>,
): Promise<void> {
  if (guarded) return work()
  const hidden = await db.example.findMany({ where: { version: { projectId } } })
  await withoutTriggers(async () => {
    await db.example.deleteMany({ where: { version: { projectId } } })
    await work()
    await db.example.createMany({ data: hidden })
  })
}

async function withoutTriggers(work: () => Promise<void>): Promise<void> {
  await db.$executeRaw`ALTER TABLE "Example" DISABLE TRIGGER USER`
  await work()
  await db.$executeRaw`ALTER TABLE "Example" ENABLE TRIGGER USER`
}

const RUNS = { seed: 20_261_128, numRuns: 25, endOnFailure: true }

const property = (barrier: Barrier, count = { refused: 0, examples: 0, judging: 0 }) =>
  fc.asyncProperty(course, async (steps) => {
    const { projectId, takeStep, countRefused } = await startProject(barrier)
    for (const one of steps) {
      await takeStep(one)
      expect(await listLeaks(projectId)).toEqual([])
    }
    count.refused += countRefused()
    count.examples += await db.example.count({ where: { version: { projectId } } })
    count.judging += await db.case.count({ where: { projectId, pool: { in: ['dev', 'test'] } } })
  })

describe('whatever people import, shorten, edit, promote, revise, fork and freeze', () => {
  it('no text near-identical to an example is ever in dev or test', async () => {
    const count = { refused: 0, examples: 0, judging: 0 }
    await fc.assert(property(WHOLE, count), RUNS)
    // The courses had every occasion for a leak.
    expect(count.refused).toBeGreaterThan(10)
    expect(count.examples).toBeGreaterThan(25)
    expect(count.judging).toBeGreaterThan(50)
  }, 240_000)

  it.each([
    ['texts are saved unseen', { ...WHOLE, saving: false }],
    ['cases are pooled without a look at examples', { ...WHOLE, pooling: false }],
  ])(
    'there is one in the same courses where %s',
    async (_, barrier) => {
      const { failed, errorInstance } = await fc.check(property(barrier), RUNS)
      expect(failed).toBe(true)
      expect(String(errorInstance)).toContain('to deeply equal []')
    },
    240_000,
  )

  it('there is one where examples may come from any pool', async () => {
    await withoutTriggers(async () => {
      const barrier = { saving: false, pooling: true, trigger: false }
      const { failed, errorInstance } = await fc.check(property(barrier), RUNS)
      expect(failed).toBe(true)
      expect(String(errorInstance)).toContain('to deeply equal []')
    })
  }, 240_000)
})

describe('an example that is saved while a case is pooled that is near its text', () => {
  /** A topic whose cases fall into dev or test by themselves, and one whose cases fall into the example pool. */
  async function findTopics(): Promise<{ judging: number; example: number }> {
    const scratch = await createProject()
    const cases = Array.from({ length: 12 }, (_, n) => ({
      externalId: n,
      topics: [n],
      variant: 0,
    }))
    await importCases(scratch.id, cases)
    const pooled = await db.case.findMany({ where: { projectId: scratch.id } })
    const find = (wanted: (pool: string | null) => boolean) =>
      Number(pooled.find(({ pool: into }) => wanted(into))?.externalId.slice('C-'.length))
    return {
      judging: find((into) => into === 'dev' || into === 'test'),
      example: find((into) => into === 'example'),
    }
  }

  async function prepare() {
    const topics = await findTopics()
    const project = await createProject()
    const member = await createMember(project, 'prompt_engineer')
    const draft = await createVersion(project)
    await importCases(project.id, [{ externalId: 0, topics: [topics.example], variant: 0 }])
    const from = await db.case.findFirstOrThrow({ where: { projectId: project.id } })
    const newcomer = [{ externalId: 1, topics: [topics.judging], variant: 0 }]
    const save = () =>
      saveExample(
        project,
        member,
        { id: draft.id, edit: 0 },
        { caseId: from.id, text: say(topics.judging, 1), position: 0 },
      )
    return {
      projectId: project.id,
      from,
      save,
      importNewcomer: () => importCases(project.id, newcomer),
    }
  }

  /** Lets work begin that stops before it writes into a table, and other work that must wait for it. */
  async function hold(
    table: string,
    first: () => Promise<unknown>,
    second: () => Promise<unknown>,
  ) {
    const holder = await pool.connect()
    await holder.query('BEGIN')
    await holder.query(`LOCK TABLE "${table}" IN SHARE MODE`)
    const begun = first()
    await untilSomeoneWaits()
    const other = second().catch((error: unknown) => error)
    await Promise.race([other, wait(300)])
    await holder.query('COMMIT')
    holder.release()
    await begun
    return other
  }

  it('draws the case into the example pool when the example comes first', async () => {
    const { projectId, from, save, importNewcomer } = await prepare()
    expect(await hold('Example', save, importNewcomer)).toBeUndefined()
    expect(await listLeaks(projectId)).toEqual([])
    const newcomer = await db.case.findFirstOrThrow({ where: { projectId, externalId: 'C-1' } })
    expect(newcomer).toMatchObject({ pool: 'example', clusterId: from.clusterId })
  })

  it('is refused when the case comes first', async () => {
    const { projectId, save, importNewcomer } = await prepare()
    expect(await hold('CaseBand', importNewcomer, save)).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/nearly the same as a case that versions are judged by/),
      fields: { text: expect.any(String) },
    })
    expect(await listLeaks(projectId)).toEqual([])
    expect(await db.example.count({ where: { version: { projectId } } })).toBe(0)
  })
})
