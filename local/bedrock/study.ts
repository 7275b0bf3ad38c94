import { type Classifier, trainClassifier } from './classifier'
import { findForm, readAnswerFormat, readInstructions } from './prompt'
import type { AnswerForm, AnswerFormat } from './prompts/told'

/** What instructions come to, found out once: a run sends the same ones every time. */
export type Study = {
  labels: string[]
  form: AnswerForm
  format: AnswerFormat
  /** Learnt when it is first asked for. */
  classifier: () => Classifier
}

/** `question` where it has examples of its own beside the case. A function of the texts alone. */
export function studyPrompt(system: string, question: string | null): Study {
  const texts = question === null ? [system] : [system, question]
  const instructions = readInstructions(...texts)
  let classifier: Classifier | undefined
  return {
    labels: instructions.categories.map(({ name }) => name),
    form: findForm(system.trim() === '' ? (question ?? '') : system),
    format: readAnswerFormat(texts.join('\n')),
    classifier: () => {
      classifier ??= trainClassifier(instructions)
      return classifier
    },
  }
}
