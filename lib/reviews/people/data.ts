import { describeShare } from '@/lib/accuracy/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { hasCheckLeft, inCurrentRound } from '../checks/data'
import { type CheckAnswer, isCheckRight, judgeTraining } from '../checks/rules'
import { getReviewSettings } from '../settings/data'
import { watchDrift } from './rules'
import type { ReviewerView } from './schema'

/** Of so many of a person's last answers the median time is taken. */
const TIMED = 500

type Person = {
  userId: string
  name: string
  role: 'reviewer' | 'prompt_engineer'
  trainedAt: Date | null
  newcomer: boolean
}

/** How well and how fast the people of a project answer, by name. Grows with check cases and repeats answered. */
export async function listReviewers({ projectId }: Member): Promise<ReviewerView[]> {
  const [people, settings, checks, repeats, times] = await Promise.all([
    listPeople(projectId),
    getReviewSettings(projectId),
    listCheckAnswers(projectId),
    listRepeats(projectId),
    listTimes(projectId),
  ])
  const goal = { wanted: settings.trainingCases, pass: settings.trainingPass }
  return Promise.all(
    people.map(async ({ trainedAt, newcomer, ...person }): Promise<ReviewerView> => {
      const { userId } = person
      const all = checks.get(userId) ?? []
      const { answered, right, passed } = judgeTraining(all.toReversed(), goal)
      const training =
        newcomer && person.role === 'reviewer' && goal.wanted > 0 && !passed
          ? { answered, right, ...goal, stuck: !(await hasCheckLeft(projectId, userId)) }
          : null
      // What was answered while learning says nothing of the work.
      const counted = trainedAt ? all.filter(({ at }) => at > trainedAt) : all
      const rights = counted.map(isCheckRight)
      const { sum, alarms } = watchDrift(rights)
      const alarmed = alarms.at(-1)
      const at = alarmed === undefined ? undefined : counted[alarmed]?.at
      const repeat = repeats.get(userId)
      const time = times.get(userId)
      return {
        ...person,
        training,
        checks: describeShare(rights.filter(Boolean).length, rights.length),
        drift: {
          sum,
          alarm:
            alarmed !== undefined && at
              ? { at: at.toISOString(), since: rights.length - 1 - alarmed }
              : null,
        },
        consistency: describeShare(repeat?.same ?? 0, repeat?.n ?? 0),
        seconds: time?.seconds ?? null,
        timed: time?.n ?? 0,
      }
    }),
  )
}

function listPeople(projectId: string): Promise<Person[]> {
  return db.$queryRaw<Person[]>`
    SELECT m."userId", u.name, m.role::text AS role, m."trainedAt",
      m."trainedAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "Review" v
        WHERE v."projectId" = m."projectId" AND v."reviewerId" = m."userId"
          AND v.purpose = 'ordinary' AND v."bulkId" IS NULL
      ) AS newcomer
    FROM "Membership" m
    JOIN "User" u ON u.id = m."userId"
    WHERE m."projectId" = ${projectId}::uuid AND m.role IN ('reviewer', 'prompt_engineer')
      AND u."disabledAt" IS NULL
    ORDER BY u.name, u.id`
}

type Answer = CheckAnswer & { at: Date }

/** First answers to check cases by person, the oldest first. */
async function listCheckAnswers(projectId: string): Promise<Map<string, Answer[]>> {
  const rows = await db.$queryRaw<
    {
      userId: string
      at: Date
      answer: string | null
      labelId: string
      secondLabelId: string | null
    }[]
  >`
    SELECT v."reviewerId" AS "userId", v."createdAt" AS at, label_now(v."labelId") AS answer,
      f."labelId", f."secondLabelId"
    FROM "Review" v
    JOIN "FinalLabel" f ON f."caseId" = v."caseId"
    WHERE v."projectId" = ${projectId}::uuid AND v.purpose = 'check_case'
      AND v."supersedesId" IS NULL AND ${inCurrentRound} AND f.source IN ('imported', 'agreement', 'settled')
    ORDER BY v."createdAt", v.id`
  const answers = rows.map(({ userId, at, answer, ...truth }) => ({ userId, at, answer, truth }))
  return Map.groupBy(answers, ({ userId }) => userId)
}

/** Repeats that stand beside the same person's own answer that stands, by person. */
async function listRepeats(projectId: string) {
  const rows = await db.$queryRaw<{ userId: string; same: number; n: number }[]>`
    SELECT v."reviewerId" AS "userId", count(*)::int AS n,
      count(*) FILTER (WHERE label_now(v."labelId") = label_now(own."labelId"))::int AS same
    FROM "Review" v
    JOIN "Review" own ON own."caseId" = v."caseId" AND own."reviewerId" = v."reviewerId"
      AND own.purpose <> 'repeat' AND NOT own.undone AND own.round = v.round
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = own.id)
    WHERE v."projectId" = ${projectId}::uuid AND v.purpose = 'repeat' AND NOT v.undone
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
    GROUP BY 1`
  return new Map(rows.map((row) => [row.userId, row]))
}

/** Median seconds of a person's last ordinary answers: those to known cases are not the work. */
async function listTimes(projectId: string) {
  const rows = await db.$queryRaw<{ userId: string; seconds: number | null; n: number }[]>`
    SELECT m."userId", t.seconds, t.n
    FROM "Membership" m
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS n,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY last.seconds) AS seconds
      FROM (
        SELECT v.seconds FROM "Review" v
        WHERE v."projectId" = m."projectId" AND v."reviewerId" = m."userId"
          AND v.purpose IN ('ordinary', 'second_opinion') AND v."bulkId" IS NULL
          AND NOT v.undone AND v.seconds IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
        ORDER BY v."createdAt" DESC
        LIMIT ${TIMED}
      ) last
    ) t
    WHERE m."projectId" = ${projectId}::uuid`
  return new Map(rows.map((row) => [row.userId, row]))
}
