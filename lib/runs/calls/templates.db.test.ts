import { afterAll, beforeAll, expect, test } from 'vitest'
import { converse } from '@/lib/platform/bedrock'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import type { SimilarCase } from '@/lib/versions/rendering/rules'
import type { PromptContent, Template } from '@/lib/versions/rendering/schema'
import { parseAnswer } from '../answers/rules'
import { buildIndex, findNeighbours } from '../neighbours/rules'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { readStarterCases, readStarterContent, type StarterCase } from '../testing/starter'
import { prepareRequests } from './rules'

let bedrock: TestBedrock
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())

/** The parsed answers of the stand-in, asked as a run asks. */
async function ask(
  content: PromptContent,
  cases: readonly StarterCase[],
  similarTo: (one: StarterCase) => SimilarCase[] = () => [],
) {
  const makeRequest = prepareRequests(content, 32_000)
  return Promise.all(
    cases.map(async (one) => {
      const { request } = makeRequest([one.content], similarTo(one))
      const { output, stopReason } = await converse(request)
      return parseAnswer(output?.message?.content?.[0]?.text ?? '', {
        categories: content.categories,
        stopReason: stopReason ?? null,
        template: content.template,
      })
    }),
  )
}

test('the same content gets the same answers under every template, in the form it asks for', async () => {
  const cases = readStarterCases()
  const content = readStarterContent(cases.slice(0, 18))
  const asked = cases.slice(18, 118)
  const answers = async (template: Template) => ask({ ...content, template }, asked)
  const xml = await answers('xml')
  expect(new Set(xml.map(({ labelKey }) => labelKey)).size).toBeGreaterThan(3)
  for (const template of ['json', 'inst'] as const) expect(await answers(template)).toEqual(xml)
  expect(new Set(xml.map(({ status }) => status))).toEqual(new Set(['parsed']))
})

test('on the starter data, similar examples make the stand-in right at least as often', async () => {
  const cases = readStarterCases()
  // Every second case is labelled already, the others are asked about.
  const labelled = cases.filter((_, i) => i % 2 === 0)
  const asked = cases.filter((_, i) => i % 2 === 1)
  const content = { ...readStarterContent(labelled.slice(0, 12)), similarExamples: 5 as const }
  const index = buildIndex(
    labelled.map((one) => ({
      id: one.externalId,
      clusterId: null,
      labelId: one.label,
      text: renderExampleCase(one.content),
    })),
  )
  const byId = new Map(labelled.map((one) => [one.externalId, one.content]))
  const similarTo = (one: StarterCase) => {
    const text = renderExampleCase(one.content)
    return findNeighbours(index, { caseIds: [one.externalId], clusterIds: [], text }, 5).flatMap(
      ({ id, labelId }) => {
        const similar = byId.get(id)
        return similar ? [{ content: similar, label: labelId }] : []
      },
    )
  }
  const shareRight = async (similar?: (one: StarterCase) => SimilarCase[]) => {
    const answers = await ask(content, asked, similar)
    const right = answers.filter(({ labelText }, i) => labelText === asked[i]?.label)
    return right.length / asked.length
  }
  const [without, beside] = [await shareRight(), await shareRight(similarTo)]
  console.log(
    `starter data: ${without.toFixed(3)} without, ${beside.toFixed(3)} with similar examples`,
  )
  expect(beside).toBeGreaterThanOrEqual(without)
  expect(beside).toBeGreaterThan(0.5)
})
