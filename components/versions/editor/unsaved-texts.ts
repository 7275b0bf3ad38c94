import type { Step } from '@/lib/versions/drafts/steps/rules'

/** The words in steps that were not saved, for the clipboard. */
export function readTexts(steps: readonly Step[]): string {
  const texts = steps.flatMap((step) => {
    switch (step.do) {
      case 'set':
        return [step.fields.persona, step.fields.rules, step.fields.note]
      case 'describe':
        return [step.description]
      case 'addExample':
        return [step.example.text, step.example.explanation]
      case 'changeExample':
        return [step.change.text, step.change.explanation]
      default:
        return []
    }
  })
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n')
}
