import { buildConfusionMatrix } from '@/lib/accuracy/confusion/rules'
import type { CellCases, CellQuery, MatrixView } from '@/lib/accuracy/schema'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { countCells } from '@/lib/accuracy/tallies/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, notFound } from '@/lib/platform/errors'
import { listCountedAs } from '@/lib/projects/categories/data'

const PAGE_SIZE = 50

/** Final label by answer of one run on dev. Throws not-found, and forbidden for any other pool. */
export async function getMatrix(member: Member, runId: string): Promise<MatrixView> {
  const run = await getDevRun(member, runId)
  const [project, categories, tallies] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: member.projectId } }),
    listCategories(member.projectId),
    listTallies([runId]),
  ])
  const current = categories.filter(({ archivedAt }) => archivedAt === null)
  return {
    runId,
    version: run.setup.version,
    standIn: run.standIn,
    names: Object.fromEntries(categories.map(({ id, name }) => [id, name])),
    minCategoryCases: project.minCategoryCases,
    ...buildConfusionMatrix(
      countCells(tallies),
      current.map(({ id }) => id),
    ),
  }
}

/**
 * The dev cases of one cell, in the order of import. All of them have their final label; as an answer
 * may be taken back and asked of another, the caller records who has seen them. Throws as `getMatrix`.
 */
export async function listCellCases(member: Member, cell: CellQuery): Promise<CellCases> {
  await getDevRun(member, cell.run)
  const suggestions = await db.suggestion.findMany({
    where: {
      runId: cell.run,
      ...(await saidAs(member.projectId, cell.answer)),
      counts: true,
      caseId: cell.after === undefined ? undefined : { gt: cell.after },
      case: { pool: 'dev', finalLabel: { labelId: cell.final } },
    },
    orderBy: { caseId: 'asc' },
    take: PAGE_SIZE + 1,
    select: {
      caseId: true,
      case: {
        select: {
          externalId: true,
          subject: true,
          finalLabel: { select: { secondLabelId: true } },
        },
      },
    },
  })
  const categories = await listCategories(member.projectId)
  const names = new Map(categories.map(({ id, name }) => [id, name]))
  const page = suggestions.slice(0, PAGE_SIZE)
  return {
    rows: page.map(({ caseId, case: { externalId, subject, finalLabel } }) => ({
      caseId,
      externalId,
      subject,
      secondLabel: names.get(finalLabel?.secondLabelId ?? '') ?? null,
    })),
    next: suggestions.length > PAGE_SIZE ? (page.at(-1)?.caseId ?? null) : null,
  }
}

/** What was said then and counts as this answer today; null: no valid label. */
async function saidAs(projectId: string, answer: string | null) {
  const ids = await listCountedAs(projectId, answer)
  return answer === null
    ? { OR: [{ labelId: null }, { labelId: { in: ids } }] }
    : { labelId: { in: ids } }
}

/** A run whose cases may be opened one by one. */
async function getDevRun({ projectId }: Member, runId: string) {
  const run = await db.run.findFirst({
    where: { id: runId, projectId, purpose: 'label', standing: false },
    select: {
      pool: true,
      standIn: true,
      setup: { select: { version: { select: { id: true, number: true } } } },
    },
  })
  if (!run) throw notFound('This run')
  if (run.pool === 'dev') return run
  const reason =
    run.pool === 'test'
      ? 'The test pool is locked: it yields one published score and nothing case by case.'
      : 'Only runs on dev have a confusion matrix: labels of example cases were given with suggestions in view.'
  throw new AppError('forbidden', reason)
}

async function listCategories(projectId: string) {
  return db.category.findMany({
    where: { projectId },
    orderBy: { position: 'asc' },
    select: { id: true, name: true, archivedAt: true },
  })
}
