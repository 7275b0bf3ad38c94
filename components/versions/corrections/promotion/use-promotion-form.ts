import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { planRedactions } from '@/lib/cases/redaction/rules'
import type { DraftedExplanation } from '@/lib/versions/corrections/explanations/schema'
import type { CorrectionView } from '@/lib/versions/corrections/schema'
import { draftForForm } from '@/lib/versions/examples/rules'
import { type Range, trim, trimAway } from '@/lib/versions/examples/trimming/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionQuery } from '@/lib/versions/queries'

type Written = { text: string; explanation: string }

type Replaced = { placeholder: string; value: string }

type Form = {
  versionId: string
  kind: 'good' | 'bad'
  text: string
  /** Null: as the template has it, also when draft or kind change. */
  explanation: string | null
  /** What the tools below the text changed, the last at the end. */
  steps: { before: Written & { replaced: Replaced[] }; after: Written }[]
  replaced: Replaced[]
  /** What came when the explanation was asked for; `former` is what it took the place of. */
  drafted: { by: DraftedExplanation['model']; former: string | null; unread: boolean } | null
}

/** Forms that were closed unsaved, by review. */
export type KeptForms = Map<string, Form>

type FormOptions = {
  project: string
  correction: CorrectionView
  right: string
  wrong: string | null
  /** Those it may join. */
  drafts: VersionSummary[]
  kept: KeptForms
}

/** Whether something in a suggestion was wrong that a bad example could show. */
export const mayBeBad = ({ suggestedId, wrongReason }: CorrectionView) =>
  suggestedId !== null || wrongReason

export function usePromotionForm(options: FormOptions) {
  const { project, correction, right, wrong, drafts, kept } = options
  const { reviewId, note, text: original } = correction
  const firstId = drafts[0]?.id ?? ''
  const [form, setForm] = useState<Form>(
    () =>
      kept.get(reviewId) ?? {
        versionId: firstId,
        kind: mayBeBad(correction) ? 'bad' : 'good',
        text: original,
        explanation: null,
        steps: [],
        replaced: [],
        drafted: null,
      },
  )
  // The draft that a kept form was written for may be frozen by now.
  const versionId = drafts.some(({ id }) => id === form.versionId) ? form.versionId : firstId
  const badForm = useQuery(versionQuery(project, versionId)).data?.badExampleForm
  const template =
    form.kind === 'good'
      ? note
      : draftForForm(badForm ?? 'wrong_with_reason', { right, wrong, note })
  const explanation = form.explanation ?? template
  const now: Written = { text: form.text, explanation }

  function change(part: Partial<Form>) {
    setForm((before) => {
      const after = { ...before, ...part }
      kept.set(reviewId, after)
      return after
    })
  }

  function take(after: Written, replaced: Replaced[] = []) {
    change({
      text: after.text,
      // Untouched, it goes on following the template.
      ...(after.explanation === explanation ? {} : { explanation: after.explanation }),
      steps: [...form.steps, { before: { ...now, replaced: form.replaced }, after }],
      replaced: [...form.replaced, ...replaced],
    })
  }

  const last = form.steps.at(-1)
  const mayUndo = last?.after.text === now.text && last.after.explanation === now.explanation
  return {
    ...form,
    versionId,
    /** How the draft shows bad examples; undefined while it is being read. */
    badForm,
    explanation,
    change,
    /** Typing into it is reading it. */
    explain: (next: string) =>
      change({
        explanation: next,
        drafted: form.drafted && { ...form.drafted, unread: false },
      }),
    markRead: () => {
      if (form.drafted?.unread) change({ drafted: { ...form.drafted, unread: false } })
    },
    keepOnly: (range: Range) => take({ ...now, text: trim(form.text, [range]) }),
    leaveOut: (range: Range) => take({ ...now, text: trimAway(form.text, range) }),
    redact: ({ start, end }: Range) =>
      take({
        ...now,
        text: `${form.text.slice(0, start)}[REDACTED]${form.text.slice(end)}`,
      }),
    redactAll: () => {
      const { written, replaced } = redactBoth(now)
      take(written, replaced)
    },
    bringBack: () => take({ ...now, text: original }),
    /** Nothing was typed since the last tool was used. */
    undoable: mayUndo === true,
    undo: () => {
      if (!mayUndo) return
      const { before } = last
      change({
        text: before.text,
        ...(before.explanation === explanation ? {} : { explanation: before.explanation }),
        steps: form.steps.slice(0, -1),
        replaced: before.replaced,
      })
    },
    takeDraft: ({ explanation: next, model }: DraftedExplanation) =>
      setForm((before) => {
        const after: Form = {
          ...before,
          explanation: next,
          drafted: { by: model, former: before.explanation, unread: model !== null },
        }
        kept.set(reviewId, after)
        return after
      }),
    takeDraftBack: () => change({ explanation: form.drafted?.former ?? null, drafted: null }),
    forget: () => kept.delete(reviewId),
  }
}

export type PromotionForm = ReturnType<typeof usePromotionForm>

/** Stands between text and explanation, so that the same value has the same number in both. */
const BETWEEN = '\n\u0000\n'

const planOf = ({ text, explanation }: Written) =>
  planRedactions(`${text}${BETWEEN}${explanation}`).filter(
    // One across the border would join the two.
    ({ start, end }) => end <= text.length || start >= text.length + BETWEEN.length,
  )

function redactBoth(before: Written): { written: Written; replaced: Replaced[] } {
  const all = `${before.text}${BETWEEN}${before.explanation}`
  const replaced: Replaced[] = []
  let redacted = ''
  let at = 0
  for (const { start, end, placeholder } of planOf(before)) {
    replaced.push({ placeholder, value: all.slice(start, end) })
    redacted += `${all.slice(at, start)}${placeholder}`
    at = end
  }
  redacted += all.slice(at)
  const border = redacted.indexOf(BETWEEN)
  return {
    written: {
      text: redacted.slice(0, border),
      explanation: redacted.slice(border + BETWEEN.length),
    },
    replaced,
  }
}
