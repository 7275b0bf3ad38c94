import { Field, Select } from '@/components/ui/field'
import { nameByChange } from '@/lib/versions/history/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import type { PromptContent } from '@/lib/versions/rendering/schema'

type PromotionFactsProps = {
  drafts: VersionSummary[]
  versionId: string
  kind: 'good' | 'bad'
  mayBeBad: boolean
  right: string
  wrong: string | null
  /** Undefined while the draft is being read. */
  exampleForm: PromptContent['badExampleForm'] | undefined
  onChange: (part: { versionId?: string; kind?: 'good' | 'bad' }) => void
}

const FORMS = {
  wrong_with_reason: 'This draft shows the wrong label of a bad example, then the reason.',
  corrected_with_rule:
    'This draft shows only the right label of a bad example, then a rule of one line.',
}

/** Which draft, which kind of example, which labels, and how the draft will show it. */
export function PromotionFacts(props: PromotionFactsProps) {
  const { drafts, versionId, kind, mayBeBad, right, wrong, exampleForm, onChange } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Draft">
          {(id) => (
            <Select
              id={id}
              value={versionId}
              onChange={({ target }) => onChange({ versionId: target.value })}
            >
              {drafts.map((draft) => (
                <option key={draft.id} value={draft.id}>
                  {nameByChange(draft)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Kind">
          {(id) => (
            <Select
              id={id}
              value={kind}
              onChange={({ target }) =>
                onChange({ kind: target.value === 'good' ? 'good' : 'bad' })
              }
            >
              {mayBeBad ? <option value="bad">Bad: what was wrong, and why</option> : null}
              <option value="good">Good: the right label, and why</option>
            </Select>
          )}
        </Field>
      </div>
      <p className="text-[13px] text-muted">
        Right: <span className="font-medium text-ink">{right}</span>
        {kind === 'bad' && wrong ? (
          <>
            . Wrong: <span className="font-medium text-ink">{wrong}</span>
          </>
        ) : null}
        .{kind === 'bad' && exampleForm ? ` ${FORMS[exampleForm]}` : null}
      </p>
    </>
  )
}
