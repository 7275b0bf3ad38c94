import type { Run } from '@/generated/prisma/client'
import type { PairedCount } from '@/lib/accuracy/comparison/rules'
import { countFlips } from '@/lib/accuracy/flips/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { findVersionByRef } from '../data'
import { promptContent } from '../rendering/schema'
import { asPair, compareOnDev } from './rules'
import { type FoundRun, findDevRun, findTrialRuns, pairOf, scoreAlone, viewRun } from './runs/data'
import type { Flips, PinnedContent, TrialRun, TrialView } from './schema'
import { countShared } from './shared/data'

/** A version beside its parent on dev, from the newest finished run of each. Throws not-found. */
export async function getTrial(member: Member, ref: string): Promise<TrialView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [project, parent, devCases, labelledDevCases, runs] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: projectId } }),
    version.parentId
      ? db.version.findUnique({
          where: { id: version.parentId },
          select: { id: true, number: true },
        })
      : null,
    db.case.count({ where: { projectId, pool: 'dev', archivedAt: null } }),
    db.case.count({
      where: { projectId, pool: 'dev', archivedAt: null, finalLabel: { isNot: null } },
    }),
    findTrialRuns(projectId, version),
  ])
  const { draft, other, comparable } = pairOf(runs)
  return {
    version: { id: version.id, number: version.number },
    parent,
    targetAccuracy: project.targetAccuracy,
    devCases,
    labelledDevCases,
    draftRun: runs.draft && (await viewFound(runs.draft)),
    parentRun: runs.parent && (await viewFound(runs.parent)),
    repeatRun: runs.draft?.repeats[0]
      ? await viewFound({ ...runs.draft, run: runs.draft.repeats[0] })
      : null,
    draftFlips: await flipsOf(runs.draft),
    parentFlips: await flipsOf(runs.parent),
    tried: version.parentId ? await countTried(version.parentId, draft) : 0,
    alone: draft && !comparable ? await scoreAlone(draft.id) : null,
    result:
      draft && other && comparable
        ? compareOnDev(await countShared(other.id, draft.id), await listCategories(projectId), {
            standIn: draft.standIn,
            minCategoryCases: project.minCategoryCases,
          })
        : null,
  }
}

const viewFound = async ({ run, current }: FoundRun): Promise<TrialRun> => ({
  ...(await viewRun(run)),
  current,
})

/** Between the first run and its first finished repeat. */
async function flipsOf(found: FoundRun | null): Promise<Flips | null> {
  const repeat = found?.repeats.findLast(({ status }) => status === 'done')
  return found && repeat ? countFlips(found.run.id, repeat.id) : null
}

/** Discarded drafts count too: they were tried, and not chosen. */
async function countTried(parentId: string, draft: Run | null): Promise<number> {
  return db.version.count({
    where: {
      parentId,
      setups: {
        some: {
          runs: {
            some: {
              ...{ purpose: 'label', pool: 'dev', standing: false, status: 'done' },
              standIn: draft?.standIn ?? false,
            },
          },
        },
      },
    },
  })
}

/**
 * Any two versions on the cases of dev that both answered, by the runs of what they say now; null without
 * two such runs. `older`: where there are runs at least of what they said before.
 */
export async function comparePair(
  projectId: string,
  versionId: string,
  rivalId: string,
): Promise<{ shared: PairedCount[] | null; older: boolean }> {
  const runs = await findTrialRuns(projectId, { id: versionId, parentId: rivalId })
  const { draft, other, comparable } = pairOf(runs)
  if (!draft || !other || !comparable) return { shared: null, older: false }
  if (!runs.draft?.current || !runs.parent?.current) return { shared: null, older: true }
  return { shared: (await countShared(other.id, draft.id)).map(asPair), older: false }
}

async function listCategories(projectId: string) {
  return db.category.findMany({
    where: { projectId },
    orderBy: { position: 'asc' },
    select: { id: true, name: true },
  })
}

/** What the version said when its trial was started. Throws not-found. */
export async function getPinnedContent(member: Member, ref: string): Promise<PinnedContent> {
  const version = await findVersionByRef(member.projectId, ref)
  const found = await findDevRun(member.projectId, version.id)
  if (!found) throw notFound('A trial of this version')
  const { content, createdAt } = found.run
  return { content: promptContent.parse(content), startedAt: createdAt.toISOString() }
}
