import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { AppError, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { findReleasedSetup } from '../data'
import { renderExampleCase } from '../examples/rules'
import { findNearJudging, lockExampleTexts, NEAR_JUDGING } from '../leaks/data'
import { explainLength } from '../limits/rules'
import { promptContent } from '../rendering/schema'
import { type SentFile, unpackFiles } from './archives/rules'
import { type Resolved, type ResolvedExample, resolveFiles } from './resolving/rules'
import { fromFiles } from './rules'
import type { ExampleLines, FileContent, FileProblem, ImportedFiles } from './schema'

/** Long enough for thousands of examples. */
const IMPORT_TIMEOUT_MS = 60_000

/**
 * A new draft with what files say, all of it or nothing. Without a parent it comes from the released
 * version. Throws not-found for the parent, `invalid` with everything that is wrong by file and line.
 */
export async function importFiles(
  member: Member,
  sent: readonly SentFile[],
  parentId: string | undefined,
): Promise<ImportedFiles> {
  const unpacked = unpackFiles(sent)
  if ('problems' in unpacked) throw refuse(unpacked.problems)
  const read = fromFiles(unpacked.files)
  if ('problems' in read) throw refuse(read.problems)
  const { content, lines } = read
  return db.$transaction(
    async (tx) => {
      await lockExampleTexts(tx, member.projectId)
      const parent = await findParent(tx, member.projectId, parentId)
      const resolved = resolveFiles(content, lines, await readKnown(tx, member.projectId, content))
      if ('problems' in resolved) throw refuse(resolved.problems)
      const examples = await writeTexts(tx, resolved.examples)
      const unfit = listUnfit(examples, lines)
      if (unfit.length > 0) throw refuse(unfit)
      const near = await listNear(tx, member.projectId, examples, lines)
      if (near.length > 0) throw refuse(near)
      const id = await insertDraft(tx, member, parent, content, { ...resolved, examples })
      return { id, notes: resolved.notes }
    },
    { timeout: IMPORT_TIMEOUT_MS },
  )
}

const MOST_LISTED = 50

function refuse(problems: readonly FileProblem[]): AppError {
  const n = problems.length
  const fields: Record<string, string> = {}
  for (const { file, line, message } of problems.slice(0, MOST_LISTED)) {
    const place = line === null ? file : `${file}, line ${line}`
    fields[place] = [fields[place], message].filter(Boolean).join(' ')
  }
  const first = Object.entries(fields)[0]?.join(': ') ?? ''
  const more = n > 1 ? ` And ${n - 1} more.` : ''
  return new AppError('invalid', `Nothing was imported. ${first}${more}`, fields)
}

async function findParent(tx: Tx, projectId: string, parentId: string | undefined) {
  const released = parentId ?? (await findReleasedSetup(projectId, tx))?.versionId
  const parent = await tx.version.findFirst({
    where: { projectId, archivedAt: null, ...(released ? { id: released } : {}) },
    orderBy: [{ number: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }],
    select: { id: true },
  })
  if (!parent && parentId !== undefined) throw notFound('The version the draft should come from')
  return parent?.id ?? null
}

async function readKnown(tx: Tx, projectId: string, { good, bad }: FileContent) {
  const examples = [...good, ...bad]
  const [categories, cases, reviews] = await Promise.all([
    tx.category.findMany({
      where: { projectId },
      select: { id: true, key: true, name: true, archivedAt: true },
    }),
    tx.case.findMany({
      where: { projectId, externalId: { in: examples.map((one) => one.external_id) } },
      select: { id: true, externalId: true, revision: true, pool: true },
    }),
    tx.review.findMany({
      where: { id: { in: examples.flatMap(({ review }) => review ?? []) } },
      select: { id: true, caseId: true },
    }),
  ])
  return {
    categories: categories.map(({ archivedAt, ...one }) => ({
      ...one,
      archived: archivedAt !== null,
    })),
    cases: cases.map(({ pool, ...one }) => ({ ...one, isExamplePool: pool === 'example' })),
    reviews: new Map(reviews.map(({ id, caseId }) => [id, caseId])),
  }
}

async function insertDraft(
  tx: Tx,
  { projectId, userId }: Member,
  parentId: string | null,
  { note, persona, rules, answerFormat, badExampleForm, model, ...content }: FileContent,
  { categories, examples }: Omit<Resolved, 'examples'> & { examples: WrittenExample[] },
): Promise<string> {
  const id = newId()
  const { template, similarExamples, packSize } = content
  await tx.version.create({
    data: {
      ...{ id, projectId, parentId, note, persona, rules },
      ...{ answerFormat, badExampleForm, model, template, similarExamples, packSize },
      createdById: userId,
      updatedById: userId,
    },
  })
  await tx.versionCategory.createMany({
    data: categories.map((category, position) => ({ versionId: id, position, ...category })),
  })
  const flagged = await listFlagged(tx, examples)
  await tx.example.createMany({
    data: examples.map((example, position) => ({
      ...example,
      id: newId(),
      versionId: id,
      position,
      flaggedAt: flagged.get(example.reviewId ?? ''),
    })),
  })
  await recordAudit(tx, {
    projectId,
    actorId: userId,
    action: 'draft.imported',
    subjectId: id,
    detail: { parentId, examples: examples.length },
  })
  return id
}

type WrittenExample = ResolvedExample & { text: string }

/** With the whole text of its case where an example brings none. */
async function writeTexts(tx: Tx, examples: readonly ResolvedExample[]): Promise<WrittenExample[]> {
  const ids = examples.flatMap(({ text, caseId }) => (text === null ? caseId : []))
  const cases = await tx.case.findMany({
    where: { id: { in: ids } },
    select: { id: true, subject: true, messages: true },
  })
  const texts = new Map(
    cases.map(({ id, ...one }) => [id, renderExampleCase(caseContent.parse(one))]),
  )
  return examples.map((one) => ({ ...one, text: one.text ?? texts.get(one.caseId) ?? '' }))
}

/** Examples without a text of their own whose case has none, or more than a version takes. */
function listUnfit(examples: readonly WrittenExample[], lines: ExampleLines): FileProblem[] {
  const { caseText } = promptContent.shape.examples.element.shape
  return examples.flatMap(({ text }, at) => {
    if (caseText.safeParse(text).success) return []
    const message = `${explainLength('exampleText', text) ?? 'The case has no text.'} Give the part that decides as “text”.`
    return [{ ...placeOf(examples, lines, at), message }]
  })
}

/** Where an example stands in its file: good ones come before bad ones. */
function placeOf(examples: readonly WrittenExample[], lines: ExampleLines, at: number) {
  const kind = examples[at]?.kind ?? 'good'
  const good = examples.filter((one) => one.kind === 'good').length
  const line = lines[kind][kind === 'good' ? at : at - good] ?? null
  return { file: `${kind}-examples.jsonl`, line }
}

/** Examples that versions would be judged by, by line. */
async function listNear(
  tx: Tx,
  projectId: string,
  examples: readonly WrittenExample[],
  lines: ExampleLines,
): Promise<FileProblem[]> {
  const near = await findNearJudging(tx, projectId, examples)
  return examples.flatMap((_, at) =>
    near[at] ? [{ ...placeOf(examples, lines, at), message: NEAR_JUDGING }] : [],
  )
}

/** When reviews that examples came from were taken back; those that hold are not in it. */
async function listFlagged(tx: Tx, examples: readonly ResolvedExample[]) {
  const undone = await tx.review.findMany({
    where: {
      supersedesId: { in: examples.flatMap(({ reviewId }) => reviewId ?? []) },
      undone: true,
    },
    select: { supersedesId: true, createdAt: true },
  })
  return new Map(undone.map((one) => [one.supersedesId ?? '', one.createdAt]))
}
