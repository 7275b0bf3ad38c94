import type { Intent, Key, Outcome, Said, Step, View } from './schema'

export const IDLE: Step = { at: 'idle' }

const LETTERS: Record<string, Intent> = {
  a: { means: 'thumbs_up' },
  d: { means: 'thumbs_down' },
  c: { means: 'close_call' },
  e: { means: 'wrong_reason' },
  u: { means: 'undo' },
  f: { means: 'fold' },
  v: { means: 'reveal' },
  n: { means: 'open', panel: 'note' },
  s: { means: 'open', panel: 'skip' },
  g: { means: 'open', panel: 'definitions' },
  r: { means: 'open', panel: 'similar' },
  h: { means: 'open', panel: 'highlight' },
  '/': { means: 'open', panel: 'search' },
  '?': { means: 'open', panel: 'keys' },
}

/**
 * What a key means, or null. Nothing while typing, in a dialog, with a modifier (they belong to the
 * browser), while held down (one press is one answer), nor with single keys switched off. Enter
 * belongs to a focused control; it and Escape matter only in the middle of an answer.
 */
export function intentOf(
  key: Key,
  step: Step,
  view: Pick<View, 'categoryIds'>,
  singleKeys = true,
): Intent | null {
  if (key.typing || key.dialog || key.ctrlKey || key.metaKey || key.altKey || key.repeat)
    return null
  if (key.key === 'Escape') return step.at === 'idle' ? null : { means: 'cancel' }
  if (key.key === 'Enter') {
    const wanted = step.at === 'thumbs_down' || step.at === 'second_choice'
    return wanted && !key.onControl ? { means: 'enough' } : null
  }
  if (!singleKeys) return null
  if (/^[1-9]$/.test(key.key)) {
    const labelId = view.categoryIds[Number(key.key) - 1]
    return labelId === undefined ? null : { means: 'label', labelId }
  }
  return LETTERS[key.key.toLowerCase()] ?? null
}

const PLAIN = { closeCall: false, secondLabelId: null, wrongReason: false }

/** The one place where a key or a click becomes an answer. */
export function takeStep(step: Step, intent: Intent, view: View): Outcome {
  switch (intent.means) {
    case 'thumbs_up':
      return agree(step, view)
    case 'thumbs_down':
      if (!view.suggestion) return { step, hint: BLIND }
      return { step: step.at === 'thumbs_down' ? IDLE : { at: 'thumbs_down' } }
    case 'close_call':
      return { step: step.at === 'close_call' ? IDLE : { at: 'close_call' } }
    case 'wrong_reason':
      return disagreeWithReason(step, view)
    case 'label':
      return choose(step, intent.labelId, view)
    case 'enough':
      return enough(step)
    case 'cancel':
      return { step: IDLE }
    case 'undo':
      // In the middle of an answer it takes back what was begun, never the answer before.
      return step.at === 'idle' ? { step, undo: true } : { step: IDLE }
    case 'fold':
      return { step, fold: true }
    case 'reveal':
      return { step, reveal: true }
    case 'open':
      return { step, open: intent.panel }
  }
}

const BLIND = 'A blind review: choose the label.'
const NO_LABEL = 'The model gave no valid label: choose one.'

function agree(step: Step, view: View): Outcome {
  if (!view.suggestion) return { step, hint: BLIND }
  const { labelId } = view.suggestion
  return labelId === null ? { step, hint: NO_LABEL } : choose(step, labelId, view)
}

function disagreeWithReason(step: Step, view: View): Outcome {
  if (!view.suggestion) return { step, hint: BLIND }
  const { labelId } = view.suggestion
  if (labelId === null) return { step, hint: NO_LABEL }
  return answered({ ...PLAIN, labelId, wrongReason: true })
}

function choose(step: Step, labelId: string, view: View): Outcome {
  switch (step.at) {
    case 'idle':
      return answered({ ...PLAIN, labelId })
    case 'thumbs_down':
      // Wrong and right at once: surely a slip, and slips must not become labels.
      if (labelId === view.suggestion?.labelId) {
        return { step, hint: 'That is the suggested label. Choose another, or Escape.' }
      }
      return answered({ ...PLAIN, labelId })
    case 'close_call':
      return { step: { at: 'second_choice', labelId } }
    case 'second_choice':
      if (labelId === step.labelId)
        return { step, hint: 'The second choice must be another label.' }
      return answered({ ...PLAIN, closeCall: true, labelId: step.labelId, secondLabelId: labelId })
  }
}

function enough(step: Step): Outcome {
  if (step.at === 'thumbs_down') return answered({ ...PLAIN, labelId: null })
  if (step.at === 'second_choice') {
    return answered({ ...PLAIN, closeCall: true, labelId: step.labelId })
  }
  return { step }
}

const answered = (said: Said): Outcome => ({ step: IDLE, said })
