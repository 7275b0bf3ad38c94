import { findDevRuns } from '@/lib/accuracy/runs/data'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun } from '@/lib/accuracy/tallies/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { mayExportTest } from './policy'
import { balanceLabels, type LabelCount } from './rules'
import type { TrainingDataView } from './schema'

/** How the labels of current cases are spread, and what can be downloaded. */
export async function getTrainingData(member: Member): Promise<TrainingDataView> {
  const { projectId } = member
  const [project, categories, counts, cases, workbooks] = await Promise.all([
    db.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { categoryWord: true, targetPerCategory: true, redactPersonalData: true },
    }),
    db.category.findMany({
      where: { projectId },
      orderBy: { position: 'asc' },
      select: { id: true, name: true, archivedAt: true },
    }),
    countLabels(projectId),
    db.case.count({ where: { projectId, archivedAt: null } }),
    listWorkbooks(projectId),
  ])
  const withTest = mayExportTest(member)
  const count = (rows: readonly LabelCount[]) => rows.reduce((sum, { n }) => sum + n, 0)
  const labelled = count(counts)
  return {
    ...project,
    categories: balanceLabels(categories, counts),
    labelled,
    unlabelled: cases - labelled,
    bulkConfirmed: count(counts.filter(({ bulk }) => bulk)),
    exportRows: count(counts.filter(({ pool }) => withTest || pool !== 'test')),
    withTest,
    workbooks,
  }
}

async function countLabels(projectId: string): Promise<LabelCount[]> {
  return db.$queryRaw<LabelCount[]>`
    SELECT f."labelId", f.source, f.bulk, c.pool, count(*)::int AS n
    FROM "FinalLabel" f
    JOIN "Case" c ON c.id = f."caseId" AND c."archivedAt" IS NULL AND c.pool IS NOT NULL
    WHERE f."projectId" = ${projectId}::uuid
    GROUP BY 1, 2, 3, 4`
}

async function listWorkbooks(projectId: string): Promise<TrainingDataView['workbooks']> {
  const runs = await findDevRuns(projectId)
  const [versions, tallies] = await Promise.all([
    db.version.findMany({
      where: { id: { in: [...runs.keys()] } },
      orderBy: [{ number: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }],
      select: { id: true, number: true },
    }),
    listTallies([...runs.values()].map(({ id }) => id)),
  ])
  return versions.flatMap((version) => {
    const run = runs.get(version.id)
    if (!run) return []
    const { tally } = scoreRun(tallies.filter(({ runId }) => runId === run.id))
    return [{ version, rows: tally.n, standIn: run.standIn }]
  })
}
