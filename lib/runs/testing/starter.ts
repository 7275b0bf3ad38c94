import { readFileSync } from 'node:fs'
import { type CaseContent, caseContent } from '@/lib/cases/schema'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'

const FOLDER = 'prompts/support-root-causes'

const read = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8')
const readLines = (name: string) =>
  read(name)
    .trim()
    .split('\n')
    .map((line): Record<string, string> => JSON.parse(line))

export type StarterCase = { externalId: string; content: CaseContent; label: string }

/** The starter project's cases with their right labels, by name. */
export function readStarterCases(): StarterCase[] {
  const labels = new Map(
    readLines('labels.jsonl').map((line) => [line.external_id ?? '', line.label ?? '']),
  )
  return readLines('cases.jsonl').map((line) => {
    const externalId = line.external_id ?? ''
    return { externalId, content: caseContent.parse(line), label: labels.get(externalId) ?? '' }
  })
}

/** The starter project's prompt, with these labelled cases as its good examples. */
export function readStarterContent(good: readonly StarterCase[]): PromptContent {
  const categories = promptContent.shape.categories.parse(JSON.parse(read('categories.json')))
  return promptContent.parse({
    persona: read('persona.md').trim(),
    rules: read('rules.md').trim(),
    ...JSON.parse(read('format.json')),
    categories,
    examples: good.map(({ externalId, content, label }, position) => ({
      id: externalId,
      kind: 'good',
      caseText: renderExampleCase(content),
      labelKey: categories.find(({ name }) => name === label)?.key ?? label,
      wrongLabelKey: null,
      explanation: '',
      enabled: true,
      position,
    })),
  })
}
