import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { planRedactions } from '@/lib/cases/redaction/rules'
import {
  beginEdits,
  type Edits,
  edit,
  redoEdit,
  undoEdit,
} from '@/lib/versions/corrections/editing/rules'
import type { DraftedExplanation } from '@/lib/versions/corrections/explanations/schema'
import type { CorrectionView } from '@/lib/versions/corrections/schema'
import { redactPassage } from '@/lib/versions/examples/redacting/rules'
import { draftForForm } from '@/lib/versions/examples/rules'
import { type Range, trim, trimAway } from '@/lib/versions/examples/trimming/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionQuery } from '@/lib/versions/queries'
import { typedAt } from '../../editor/composing'

type Replaced = { placeholder: string; value: string }

type Written = {
  text: string
  /** Null: as the template has it, also when draft or kind change. */
  explanation: string | null
  replaced: Replaced[]
  /** What came when the explanation was asked for; `former` is what it took the place of. */
  drafted: { by: DraftedExplanation['model']; former: string | null; unread: boolean } | null
}

type Form = {
  versionId: string
  kind: 'good' | 'bad'
  edits: Edits<Written>
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
        edits: beginEdits<Written>({
          ...{ text: original, explanation: null, replaced: [], drafted: null },
        }),
      },
  )
  // The draft that a kept form was written for may be frozen by now.
  const versionId = drafts.some(({ id }) => id === form.versionId) ? form.versionId : firstId
  const badForm = useQuery(versionQuery(project, versionId)).data?.badExampleForm
  const template =
    form.kind === 'good'
      ? note
      : draftForForm(badForm ?? 'wrong_with_reason', { right, wrong, note })
  const { now } = form.edits
  const explanation = now.explanation ?? template
  /** What happened to the text, as it is read out. */
  const [did, setDid] = useState('')

  function update(next: (before: Form) => Form) {
    setForm((before) => {
      const after = next(before)
      kept.set(reviewId, after)
      return after
    })
  }

  function write(part: Partial<Written>, typing: string | null = null) {
    const at = typedAt()
    update((before) => ({
      ...before,
      edits: edit(before.edits, { ...before.edits.now, ...part }, at, typing),
    }))
  }

  /** By a tool: a change that is no change is no step. */
  function take(words: string, part: Partial<Written>) {
    const isChange = part.text !== now.text || part.explanation !== undefined
    setDid(isChange ? words : 'Nothing was changed.')
    if (isChange) write(part)
  }

  function turn(way: typeof undoEdit, words: string) {
    setDid(words)
    update((before) => ({ ...before, edits: way(before.edits) }))
  }

  return {
    ...now,
    kind: form.kind,
    versionId,
    /** How the draft shows bad examples; undefined while it is being read. */
    badForm,
    explanation,
    did,
    change: (part: Partial<Pick<Form, 'versionId' | 'kind'>>) =>
      update((before) => ({ ...before, ...part })),
    writeText: (text: string) => write({ text }, 'text'),
    /** Typing into it is reading it. */
    explain: (next: string) =>
      write(
        { explanation: next, drafted: now.drafted && { ...now.drafted, unread: false } },
        'explanation',
      ),
    /** No step: nothing that is written changes. */
    markRead: () => {
      if (!now.drafted?.unread) return
      const drafted = { ...now.drafted, unread: false }
      update((before) => ({
        ...before,
        edits: { ...before.edits, now: { ...before.edits.now, drafted } },
      }))
    },
    keepOnly: (range: Range) => take('Kept only the selection.', { text: trim(now.text, [range]) }),
    leaveOut: (range: Range) =>
      take('Left the selection out.', { text: trimAway(now.text, range) }),
    redact: (range: Range) =>
      take('Redacted the selection.', { text: redactPassage(now.text, range) }),
    redactAll: () => {
      const { written, replaced } = redactBoth({ text: now.text, explanation })
      take('Redacted what looks like personal data.', {
        text: written.text,
        // Untouched, it goes on following the template.
        ...(written.explanation === explanation ? {} : { explanation: written.explanation }),
        replaced: [...now.replaced, ...replaced],
      })
    },
    bringBack: () => take('Brought the whole text back.', { text: original }),
    mayUndo: form.edits.past.length > 0,
    undo: () =>
      turn(undoEdit, form.edits.past.length > 0 ? 'Undone.' : 'There is nothing to undo.'),
    redo: () =>
      turn(
        redoEdit,
        form.edits.future.length > 0 ? 'Done again.' : 'There is nothing to do again.',
      ),
    takeDraft: ({ explanation: next, model }: DraftedExplanation) =>
      update((before) => {
        const { edits } = before
        const drafted = { by: model, former: edits.now.explanation, unread: model !== null }
        const after = { ...edits.now, explanation: next, drafted }
        return { ...before, edits: edit(edits, after, Date.now()) }
      }),
    takeDraftBack: () => write({ explanation: now.drafted?.former ?? null, drafted: null }),
    forget: () => kept.delete(reviewId),
  }
}

export type PromotionForm = ReturnType<typeof usePromotionForm>

/** Stands between text and explanation, so that the same value has the same number in both. */
const BETWEEN = '\n\u0000\n'

type Both = { text: string; explanation: string }

const planOf = ({ text, explanation }: Both) =>
  planRedactions(`${text}${BETWEEN}${explanation}`).filter(
    // One across the border would join the two.
    ({ start, end }) => end <= text.length || start >= text.length + BETWEEN.length,
  )

function redactBoth(before: Both): { written: Both; replaced: Replaced[] } {
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
