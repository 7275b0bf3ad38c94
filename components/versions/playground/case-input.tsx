'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConversationFields } from '@/components/ui/conversation-fields'
import { Tabs } from '@/components/ui/tabs'
import { LONGEST_SUBJECT, LONGEST_TEXT } from '@/lib/versions/playground/limits/rules'
import { explainTurns } from '@/lib/versions/playground/turns/rules'
import { CasePicker } from './case-picker'
import type { Wanted } from './use-playground'

type CaseInputProps = {
  project: string
  version: string
  wanted: Wanted
  onChange: (change: Partial<Wanted>) => void
  /** "Ask both", "Ask v1" */
  askName: string
  busy: boolean
  onAsk: () => void
  /** What went wrong with the last question. */
  error: ReactNode
}

/** A pasted case, or one of the project, and the button that asks about it. */
export function CaseInput(props: CaseInputProps) {
  const { project, version, wanted, onChange, askName, busy, onAsk, error } = props
  const ready = wanted.from === 'pick' ? wanted.picked !== null : wanted.text.trim() !== ''
  const ask = () => {
    if (ready && !busy) onAsk()
  }
  return (
    <Card title="Case">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          ask()
        }}
      >
        <Tabs
          label="Where the case comes from"
          value={wanted.from}
          onChange={(from) => onChange({ from })}
          tabs={[
            { value: 'paste', label: 'Paste a case' },
            { value: 'pick', label: 'Pick a case' },
          ]}
        >
          {wanted.from === 'paste' ? (
            <Paste wanted={wanted} onChange={onChange} />
          ) : (
            <CasePicker
              project={project}
              version={version}
              picked={wanted.picked}
              onPick={(picked) => onChange({ picked })}
            />
          )}
        </Tabs>
        {error}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button type="submit" variant="primary" busy={busy} disabled={!ready}>
            {askName}
          </Button>
          <span className="text-[13px] text-muted">
            {ready ? 'Ctrl or ⌘ with Enter asks too.' : explainWait(wanted.from)}
          </span>
        </div>
      </form>
    </Card>
  )
}

const explainWait = (from: Wanted['from']) =>
  from === 'paste' ? 'Paste the text of a case first.' : 'Pick a case first.'

function Paste({ wanted, onChange }: Pick<CaseInputProps, 'wanted' | 'onChange'>) {
  return (
    <ConversationFields
      subject={wanted.subject}
      text={wanted.text}
      longest={{ subject: LONGEST_SUBJECT, text: LONGEST_TEXT }}
      hint={explainTurns(wanted.text)}
      onChange={onChange}
    />
  )
}
