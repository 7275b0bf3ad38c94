import { type CaseContent, caseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import type { SimilarCase } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { openIndex } from './indexes/data'
import { buildIndex, findNeighbours, type Neighbour, type Sought } from './rules'

type AskedAbout = Omit<Sought, 'text'> & { content: CaseContent }

export type FoundSimilar = SimilarCase & { caseId: string; labelId: string }

/** Finds the similar examples of several cases at once, in their order; each list has the nearest last. */
export type FindSimilar = (cases: readonly AskedAbout[]) => Promise<FoundSimilar[][]>

type Asking = Pick<PromptContent, 'similarExamples' | 'categories'> & {
  examples: readonly { id: string }[]
}

/**
 * Finds what may stand beside cases as similar examples: cases of the example pool with a final
 * label among the content's categories, as it was at `asOf`. A run takes the time it was made, so
 * that it finds the same ones when it is taken up again; a label that changed since is left out.
 * Never one of the content's own examples, switched on or off, nor a near-duplicate of one: it would
 * stand there twice, and an example that is left out would come back by another door.
 */
export async function openNeighbours(
  projectId: string,
  asking: Asking,
  asOf: Date,
): Promise<FindSimilar> {
  const { similarExamples: n, categories, examples } = asking
  if (n === 0) return findNone
  const names = await nameLabels(projectId, categories)
  const [index, own] = await Promise.all([
    openIndex({ projectId, labelIds: [...names.keys()], asOf }),
    listOwnCases(examples),
  ])
  return async (cases) => {
    const found = cases.map(({ content, caseIds, clusterIds }) =>
      findNeighbours(
        index,
        {
          caseIds: [...own.caseIds, ...caseIds],
          clusterIds: [...own.clusterIds, ...clusterIds],
          text: renderExampleCase(content),
        },
        n,
      ),
    )
    return describeFound(found, names)
  }
}

const findNone: FindSimilar = async (cases) => cases.map(() => [])

/**
 * The similar examples of a run for another that is compared with it: the same cases under the same
 * labels, whatever was revised since, so that no such change passes for the effect of what the other
 * run leaves out. Of what stood beside a pack those that are most like the case. Of cases that `run`
 * asked about before labels were kept with its calls, those that would be found today as of its time.
 */
export async function repeatNeighbours(
  run: { id: string; projectId: string; createdAt: Date },
  asking: Asking,
): Promise<FindSimilar> {
  if (asking.similarExamples === 0) return findNone
  const names = await nameLabels(run.projectId, asking.categories)
  let opened: Promise<FindSimilar> | undefined
  return async (cases) => {
    const shown = await listShown(
      run.id,
      cases.flatMap(({ caseIds }) => caseIds),
    )
    const shownTo = ({ caseIds }: AskedAbout) => shown.get(caseIds[0] ?? '')
    const all = await describeFound(
      cases.map((one) => shownTo(one) ?? []),
      names,
    )
    const repeated = all.map((list, at) =>
      takeNearest(list, cases[at]?.content, asking.similarExamples),
    )
    const others = cases.filter((one) => !shownTo(one))
    if (others.length === 0) return repeated
    opened ??= openNeighbours(run.projectId, asking, run.createdAt)
    const findOthers = await opened
    const found = new Map((await findOthers(others)).map((similar, at) => [others[at], similar]))
    return cases.map((one, at) => found.get(one) ?? repeated[at] ?? [])
  }
}

/** Of what stood beside all cases of a pack, what is most like one of them, the nearest last. */
function takeNearest(
  shown: FoundSimilar[],
  asked: CaseContent | undefined,
  n: number,
): FoundSimilar[] {
  if (shown.length <= n || !asked) return shown
  const index = buildIndex(
    shown.map(({ caseId, labelId, content }) => ({
      ...{ id: caseId, labelId, clusterId: null, text: renderExampleCase(content) },
    })),
  )
  const sought = { caseIds: [], clusterIds: [], text: renderExampleCase(asked) }
  return findNeighbours(index, sought, n).flatMap(
    ({ id }) => shown.find(({ caseId }) => caseId === id) ?? [],
  )
}

/** What stood beside each of these cases, as far as it is known with its labels. */
async function listShown(
  runId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Neighbour[]>> {
  const rows = await db.$queryRaw<
    { caseId: string; similarIds: string[]; similarLabelIds: string[] }[]
  >`
    SELECT DISTINCT ON (k."caseId") k."caseId", a."similarIds", a."similarLabelIds"
    FROM "CallCase" k JOIN "Call" a ON a.id = k."callId"
    WHERE k."caseId" = ANY(${[...caseIds]}::uuid[]) AND a."runId" = ${runId}::uuid
      AND a.kind = 'ask' AND cardinality(a."similarIds") = cardinality(a."similarLabelIds")
    ORDER BY k."caseId", a.at DESC`
  return new Map(
    rows.map(({ caseId, similarIds, similarLabelIds }) => [
      caseId,
      similarIds.map((id, at) => ({ id, labelId: similarLabelIds[at] ?? '' })),
    ]),
  )
}

async function describeFound(
  found: readonly (readonly Neighbour[])[],
  names: ReadonlyMap<string, string>,
): Promise<FoundSimilar[][]> {
  const contents = await readContents(found.flat().map(({ id }) => id))
  return found.map((neighbours) =>
    neighbours.flatMap(({ id, labelId }) => {
      const [one, label] = [contents.get(id), names.get(labelId)]
      return one && label !== undefined ? [{ caseId: id, labelId, content: one, label }] : []
    }),
  )
}

/** The cases that examples were made from, and what is near them. */
async function listOwnCases(examples: Asking['examples']) {
  const found = await db.example.findMany({
    where: { id: { in: examples.map(({ id }) => id) } },
    select: { case: { select: { id: true, clusterId: true } } },
  })
  return {
    caseIds: found.map((one) => one.case.id),
    clusterIds: found.flatMap((one) => one.case.clusterId ?? []),
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

async function readContents(ids: readonly string[]): Promise<Map<string, CaseContent>> {
  const cases = await db.case.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, subject: true, messages: true },
  })
  return new Map(cases.map(({ id, ...one }) => [id, caseContent.parse(one)]))
}
