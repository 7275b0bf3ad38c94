import type { Template } from '@/lib/versions/rendering/schema'

/** The form in which an answer is asked for. */
export type AnswerForm = Template

/** What could be read out of a model's answer; `failed` is the call's, not the answer's. */
export type AnswerStatus = 'parsed' | 'repaired' | 'off_list' | 'missing' | 'refused' | 'cut_off'

export type ParsedAnswer = {
  status: AnswerStatus
  /** Key of the category; null unless parsed or repaired. */
  labelKey: string | null
  /** The label as the model wrote it; also kept where it is on no list. */
  labelText: string | null
  explanation: string
  evidence: string
}

/** A category as an answer may name it. */
export type NamedCategory = { key: string; name: string }

export type SaidLabel = {
  text: string
  /** False where the text may go on: its end was not marked. */
  whole: boolean
}

/** The fields found in an answer, before the labels are looked up. */
export type Reading = {
  labels: SaidLabel[]
  explanation: string
  evidence: string
  /** The form it was read in, and whether that form was kept to the letter. */
  form: Template
  clean: boolean
  /** Where in the answer the first field begins. */
  at: number
}
