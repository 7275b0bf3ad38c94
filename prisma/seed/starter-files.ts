import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { promptContent } from '@/lib/versions/rendering/schema'

const FOLDER = 'prompts/support-root-causes'

const text = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8').trim()
const json = <T>(name: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(text(name)))
const lines = <T>(name: string, schema: z.ZodType<T>): T[] =>
  text(name)
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)))

const starterCase = z.looseObject({ external_id: z.string() })
const starterLabel = z.object({
  external_id: z.string(),
  label: z.string(),
  second_label: z.string().nullable(),
})
const goodExample = z.object({
  external_id: z.string(),
  label: z.string(),
  explanation: z.string(),
})

export const readProject = () =>
  json(
    'project.json',
    z.object({
      slug: z.string(),
      name: z.string(),
      description: z.string(),
      categoryWord: z.string(),
      targetAccuracy: z.number(),
      targetPerCategory: z.number(),
    }),
  )

export const readCategories = () =>
  json(
    'categories.json',
    z.array(z.object({ key: z.string(), name: z.string(), description: z.string() })),
  )

export const readPrompt = () => ({
  persona: text('persona.md'),
  rules: text('rules.md'),
  ...json(
    'format.json',
    promptContent.pick({
      answerFormat: true,
      badExampleForm: true,
      model: true,
      template: true,
      similarExamples: true,
      packSize: true,
    }),
  ),
})

export const readGoodExamples = () => lines('good-examples.jsonl', goodExample)

/** Cases with their right labels, as one file that knows both would have them. */
export function readLabelledCases(): object[] {
  const labels = new Map(
    lines('labels.jsonl', starterLabel).map((label) => [label.external_id, label]),
  )
  return lines('cases.jsonl', starterCase).map((row) => {
    const { label, second_label } = labels.get(row.external_id) ?? {}
    return { ...row, label, second_label }
  })
}
