import type { PromptCase, Told } from './told'

/** One form in which prompts are written. Reading never throws, whatever the text. */
export type PromptReader = {
  isForm: (text: string) => boolean
  readTold: (text: string) => Told
  readCases: (text: string) => PromptCase[]
  /** Whether a message asks about a case at all. */
  asks: (text: string) => boolean
  /** Whether a message has examples or categories in it. */
  teaches: (text: string) => boolean
}
