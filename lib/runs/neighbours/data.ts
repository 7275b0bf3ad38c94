import { type CaseContent, caseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import type { SimilarCase } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { findNeighbours, type Sought, startIndex } from './rules'

const BATCH = 1_000

type AskedAbout = Omit<Sought, 'text'> & { content: CaseContent }

export type FoundSimilar = SimilarCase & { caseId: string }

/** Finds the similar examples of several cases at once, in their order; each list has the nearest last. */
export type FindSimilar = (cases: readonly AskedAbout[]) => Promise<FoundSimilar[][]>

type Asking = Pick<PromptContent, 'similarExamples' | 'categories'>

/**
 * Indexes what may stand beside cases as similar examples: cases of the example pool with a final
 * label among the content's categories, as it was at `asOf`. A run takes the time it was made, so
 * that it finds the same ones when it is taken up again; a label that changed since is left out.
 */
export async function openNeighbours(
  projectId: string,
  { similarExamples: n, categories }: Asking,
  asOf: Date,
): Promise<FindSimilar> {
  if (n === 0) return async (cases) => cases.map(() => [])
  const names = await nameLabels(projectId, categories)
  const index = await indexCandidates(projectId, [...names.keys()], asOf)
  return async (cases) => {
    const found = cases.map(({ content, ...one }) =>
      findNeighbours(index, { ...one, text: renderExampleCase(content) }, n),
    )
    const contents = await readContents(found.flat().map(({ id }) => id))
    return found.map((neighbours) =>
      neighbours.flatMap(({ id, labelId }) => {
        const [one, label] = [contents.get(id), names.get(labelId)]
        return one && label !== undefined ? [{ caseId: id, content: one, label }] : []
      }),
    )
  }
}

/**
 * The similar examples for one question outside a run. `caseIds`: the case, or those that a pasted
 * text nearly repeats; what is in a cluster with any of them is left out too.
 */
export async function findSimilarExamples(
  projectId: string,
  asking: Asking,
  { caseIds, content }: { caseIds: readonly string[]; content: CaseContent },
): Promise<FoundSimilar[]> {
  if (asking.similarExamples === 0) return []
  const [find, cases] = await Promise.all([
    openNeighbours(projectId, asking, new Date()),
    db.case.findMany({ where: { id: { in: [...caseIds] } }, select: { clusterId: true } }),
  ])
  const clusterIds = cases.flatMap(({ clusterId }) => clusterId ?? [])
  const [similar = []] = await find([{ caseIds, clusterIds, content }])
  return similar
}

/** Names of the labels, by id, as the content has them. */
async function nameLabels(projectId: string, categories: Asking['categories']) {
  const names = new Map(categories.map(({ key, name }) => [key, name]))
  const known = await db.category.findMany({
    where: { projectId, key: { in: [...names.keys()] } },
    select: { id: true, key: true },
  })
  return new Map(known.map(({ id, key }) => [id, names.get(key) ?? '']))
}

type Row = {
  id: string
  clusterId: string | null
  labelId: string
  subject: string
  messages: unknown
}

async function indexCandidates(projectId: string, labelIds: string[], asOf: Date) {
  const index = startIndex()
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.$queryRaw<Row[]>`
      SELECT c.id, c."clusterId", f."labelId", c.subject, c.messages
      FROM "Case" c JOIN "FinalLabel" f ON f."caseId" = c.id
      WHERE c."projectId" = ${projectId}::uuid AND c.pool = 'example' AND c.id > ${after}::uuid
        AND f."labelId" = ANY(${labelIds}::uuid[]) AND f.at <= ${asOf}
        AND (c."archivedAt" IS NULL OR c."archivedAt" > ${asOf})
      ORDER BY c.id
      LIMIT ${BATCH}`
    for (const { subject, messages, ...row } of rows) {
      index.add({ ...row, text: renderExampleCase(caseContent.parse({ subject, messages })) })
    }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return index.finish()
    after = last.id
  }
}

async function readContents(ids: readonly string[]): Promise<Map<string, CaseContent>> {
  const cases = await db.case.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, subject: true, messages: true },
  })
  return new Map(cases.map(({ id, ...one }) => [id, caseContent.parse(one)]))
}
