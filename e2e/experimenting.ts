import type { APIRequestContext } from '@playwright/test'
import { expect } from './people'

const OWN = [null]

/** A small experiment on the newest frozen version, run to its end. Gives its id. */
export async function runExperiment(api: APIRequestContext, slug: string): Promise<string> {
  const base = `/api/projects/${slug}`
  const versions: { id: string; number: number | null }[] = await (
    await api.get(`${base}/versions`)
  ).json()
  const newest = versions.find(({ number }) => number !== null)
  const started = await api.post(`${base}/runs/experiments`, {
    data: {
      ...{ name: 'Packs', pool: 'dev', limit: 20, repeats: 1, rule: { kind: 'most_accurate' } },
      grid: {
        versionIds: [newest?.id],
        ...{ modelId: OWN, fixedExamples: OWN, similarExamples: OWN, answers: OWN, sample: OWN },
        ...{ temperature: OWN, mode: OWN, packSize: [1, 5] },
      },
    },
  })
  expect(started.ok(), await started.text()).toBe(true)
  const { id } = await started.json()
  await expect
    .poll(async () => (await (await api.get(`${base}/runs/experiments/${id}`)).json()).runs.done, {
      timeout: 60_000,
    })
    .toBe(2)
  return id
}
