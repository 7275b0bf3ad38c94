import { prepareRequests, readSystem } from '@/lib/runs/calls/rules'
import { computeCost, findListedPrice } from '@/lib/runs/prices/rules'
import { readStarterCases, readStarterContent } from '@/lib/runs/testing/starter'
import { estimateTokens } from '@/lib/versions/rendering/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { compare, type Figure, report } from './figures'

const MODEL = 'global.anthropic.claude-sonnet-4-6'
const WINDOW = 200_000
const GOOD_EXAMPLES = 30
const PACKS = [1, 5, 10, 20] as const
/** A label, two sentences and a quotation. */
const ANSWER_TOKENS = 90

/** What a thousand cases of the starter project cost by pack size, by counted tokens, with and without a cache. */
export async function measurePacking(): Promise<Figure[]> {
  const price = findListedPrice(MODEL)
  if (price === null) throw new Error(`The table of prices does not know ${MODEL}.`)
  const all = readStarterCases()
  const good = all.slice(0, GOOD_EXAMPLES)
  const cases = all.slice(GOOD_EXAMPLES)
  const costs = PACKS.map((packSize) => {
    const content = promptContent.parse({ ...readStarterContent(good), packSize })
    const makeRequest = prepareRequests(content, WINDOW)
    let [fixed, variable, calls] = [0, 0, 0]
    for (let at = 0; at < cases.length; at += packSize) {
      const pack = cases.slice(at, at + packSize)
      const { request } = makeRequest(pack.map((one) => one.content))
      calls += 1
      fixed = estimateTokens(readSystem(request))
      variable += estimateTokens(request.messages[0]?.content[0]?.text ?? '')
    }
    const outputTokens = cases.length * ANSWER_TOKENS
    const none = { cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens }
    const plain = { ...none, inputTokens: calls * fixed + variable }
    const cached = {
      ...{ inputTokens: variable, outputTokens },
      ...{ cacheReadTokens: (calls - 1) * fixed, cacheWriteTokens: fixed },
    }
    const perThousand = (cost: number) => (cost / 1_000_000 / cases.length) * 1_000
    return {
      packSize,
      plain: perThousand(computeCost(plain, price)),
      cached: perThousand(computeCost(cached, price)),
    }
  })
  const alone = costs[0]?.plain ?? 0
  return costs.flatMap(({ packSize, plain, cached }) => {
    const name = `A thousand starter cases in packs of ${packSize}, by counted tokens at Sonnet 4.6’s price`
    const rival = { name: 'one by one, not cached', value: alone }
    const of = (value: number, how: string) => ({
      ...{ part: 'engine' as const, name: `${name}, ${how}`, value, unit: '$' },
    })
    const first = of(plain, 'not cached')
    return [
      packSize === 1 ? report(first) : compare(first, rival),
      compare(of(cached, 'cached'), rival),
    ]
  })
}
