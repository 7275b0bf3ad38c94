import { importRows } from '@/lib/cases/imports/jobs'
import type { Mapping } from '@/lib/cases/imports/schema'
import type { Member, Role } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { newId } from '@/lib/platform/ids'
import { openMissingAssignments } from '@/lib/reviews/queue/jobs'
import { startRun } from '@/lib/runs/starting/mutations'
import type { DemoPeople } from './people'
import { readCategories, readLabelledCases, readProject } from './starter-files'
import { seedVersions } from './starter-versions'

/** Column names as in prompts/support-root-causes/cases.jsonl. */
const MAPPING: Mapping = {
  externalId: 'external_id',
  subject: 'subject',
  messages: {
    kind: 'list',
    column: 'messages',
    text: 'text',
    author: 'author',
    role: 'role',
    time: 'time',
    roles: { customer: ['customer'], agent: ['agent'], system: ['system'] },
  },
  time: 'created_at',
  link: 'url',
  metadata: ['product', 'plan'],
  label: { column: 'label', secondColumn: 'second_label', values: {} },
}

/**
 * "Support root causes", ready to be reviewed: v1 without examples, v2 with good ones and released.
 * The right labels become known truth in the dev and test pool only.
 */
export async function seedStarterProject(people: DemoPeople): Promise<void> {
  const { slug } = readProject()
  const project =
    (await db.project.findUnique({ where: { slug } })) ?? (await createStarterProject(people))
  await seedCases(project.id)
  const { v1, v2 } = await seedVersions(project.id, people)
  await openMissingAssignments(project.id)
  // A configured model costs money: its runs are started by hand.
  if (env().CLOSECALL_BEDROCK === 'local') await seedRuns(project.id, slug, people, { v1, v2 })
}

async function createStarterProject(people: DemoPeople) {
  const members: [string, Role][] = [
    [people.reviewerId, 'reviewer'],
    [people.engineerId, 'prompt_engineer'],
    [people.managerId, 'manager'],
  ]
  return db.project.create({
    data: {
      id: newId(),
      ...readProject(),
      categories: {
        create: readCategories().map((category, position) => ({
          id: newId(),
          position,
          ...category,
        })),
      },
      memberships: { create: members.map(([userId, role]) => ({ userId, role })) },
    },
  })
}

async function seedCases(projectId: string): Promise<void> {
  const rows = readLabelledCases()
  const there = await db.case.count({
    where: { projectId, OR: [{ pool: { not: null } }, { quarantinedAt: { not: null } }] },
  })
  if (there >= rows.length) return
  await importRows({
    projectId,
    fileName: 'starter-cases.jsonl',
    rows,
    mapping: MAPPING,
    labelUse: 'dev_and_test',
  })
}

async function seedRuns(
  projectId: string,
  slug: string,
  people: DemoPeople,
  versions: { v1: string; v2: string },
): Promise<void> {
  const engineer = {
    userId: people.engineerId,
    name: 'Parker Engineer',
    isAdmin: false,
    role: 'prompt_engineer',
    projectId,
    projectSlug: slug,
  } as Member
  const wanted = [
    { versionId: versions.v2, pool: 'example', limit: 150 },
    { versionId: versions.v1, pool: 'dev', limit: null },
    { versionId: versions.v2, pool: 'dev', limit: null },
  ] as const
  for (const run of wanted) {
    const there = await db.run.count({
      where: { projectId, pool: run.pool, setup: { versionId: run.versionId } },
    })
    if (there === 0) await startRun(engineer, run)
  }
}
