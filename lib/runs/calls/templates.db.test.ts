import { afterAll, beforeAll, expect, test } from 'vitest'
import { converse } from '@/lib/platform/bedrock'
import type { PromptContent, Template } from '@/lib/versions/rendering/schema'
import { parseAnswer } from '../answers/rules'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { readStarterCases, readStarterContent, type StarterCase } from '../testing/starter'
import { prepareRequests } from './rules'

let bedrock: TestBedrock
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())

/** The parsed answers of the stand-in, asked as a run asks. */
async function ask(content: PromptContent, cases: readonly StarterCase[]) {
  const makeRequest = prepareRequests(content, 32_000)
  return Promise.all(
    cases.map(async ({ content: one }) => {
      const { output, stopReason } = await converse(makeRequest(one).request)
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
