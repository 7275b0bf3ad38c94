import { db } from '@/lib/platform/database'

/** Whether a call about the cases of a run was ever answered. */
export async function hasAnswers(runId: string): Promise<boolean> {
  const answered = await db.call.findFirst({
    where: { runId, status: 'ok', kind: 'ask' },
    select: { id: true },
  })
  return answered !== null
}
