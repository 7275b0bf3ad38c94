import { expect, test } from 'vitest'
import { db } from './database'
import { beat, checkHealth } from './health'

const age = (interval: string) =>
  db.$executeRaw`UPDATE "WorkerBeat" SET "seenAt" = now() - ${interval}::interval`

test('a worker is alive for fifteen seconds after its last beat, and forgotten after a day', async () => {
  await expect(checkHealth()).rejects.toMatchObject({ code: 'unavailable' })
  await beat('first')
  expect(await checkHealth()).toEqual({ status: 'ok' })
  await age('20 seconds')
  await expect(checkHealth()).rejects.toMatchObject({ code: 'unavailable' })
  await age('2 days')
  await beat('second')
  await beat('second')
  expect((await db.workerBeat.findMany()).map(({ id }) => id)).toEqual(['second'])
})
