import { readFileSync } from 'node:fs'
import { hideInCase } from '@/lib/cases/redaction/outgoing/rules'
import marked from '@/lib/cases/redaction/recall/marked.json'
import { measureRecall, RECALL_FLOORS, shareOf } from '@/lib/cases/redaction/recall/rules'
import second from '@/lib/cases/redaction/recall/second.json'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'
import { compare, type Figure, report } from './figures'
import { measureHostileCases } from './hostile'

const SETTING: RedactionSetting = { on: true, fields: ['product'], authors: true }
const CHARACTERS = 20_000
const TIMES = 200

/** What of personal data is recognised in the marked sentences, and how long a long case takes. */
export async function measureRedaction(): Promise<Figure[]> {
  const part = 'engine' as const
  const unseen = marked.filter((one) => one.unseen)
  const heldOut = second.filter(({ half }) => half === 'held_out')
  return [
    ...measureRecall([...marked, ...second]).flatMap(
      ({ kind, marked: n, recognised, found, rightly }) => [
        compare(
          {
            ...{ part, name: `personal data: recall of ${kind}` },
            ...{ value: shareOf(recognised, n) * 100, unit: `% of ${n}` },
          },
          { name: 'floor', value: RECALL_FLOORS[kind] * 100 },
          { atLeast: 1 },
        ),
        report({
          ...{ part, name: `personal data: precision of ${kind}` },
          ...{ value: shareOf(rightly, found) * 100, unit: `% of ${found}` },
        }),
      ],
    ),
    ...measureRecall(unseen).map(({ kind, marked: n, recognised }) =>
      report({
        ...{ part, name: `personal data: recall of ${kind}, sentences written after the rules` },
        ...{ value: shareOf(recognised, n) * 100, unit: `% of ${n}` },
      }),
    ),
    ...measureRecall(heldOut)
      .filter(({ marked: n }) => n > 0)
      .flatMap(({ kind, marked: n, recognised, found, rightly }) => [
        report({
          ...{ part, name: `personal data: recall of ${kind}, sentences held out` },
          ...{ value: shareOf(recognised, n) * 100, unit: `% of ${n}` },
        }),
        report({
          ...{ part, name: `personal data: precision of ${kind}, sentences held out` },
          ...{ value: shareOf(rightly, found) * 100, unit: `% of ${found}` },
        }),
      ]),
    measureHostileCases(),
    compare(
      { part, name: 'personal data: a case of 20 KB, median', value: timeCase(), unit: 'ms' },
      { name: 'limit', value: 10 },
      { atMost: 1 },
    ),
  ]
}

function timeCase(): number {
  const lines = readFileSync('prompts/support-root-causes/cases.jsonl', 'utf8').trim().split('\n')
  const texts = lines.flatMap((line) => {
    const { messages }: CaseContent = JSON.parse(line)
    return messages.map(({ text }) => text)
  })
  const text = texts.join('\n').slice(0, CHARACTERS)
  const message = { author: 'Dana Whitlock', role: 'customer', time: null, text } as const
  const one = { content: { subject: '', messages: [message] }, metadata: { product: 'Halden' } }
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now()
    hideInCase(one, SETTING)
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[TIMES / 2] ?? 0
}
