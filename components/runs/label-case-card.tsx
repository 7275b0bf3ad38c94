'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConversationFields } from '@/components/ui/conversation-fields'
import { errorMessage } from '@/components/ui/error-message'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { useOnce } from '@/components/ui/use-once'
import { labelDeskQuery, useLabelCase } from '@/lib/runs/standing/queries'
import type { LabelDesk } from '@/lib/runs/standing/schema'
import { LONGEST_SUBJECT, LONGEST_TEXT } from '@/lib/versions/playground/limits/rules'
import { explainTurns, readTurns } from '@/lib/versions/playground/turns/rules'
import { LabelledCaseView } from './labelled-case-view'

/** One case as it arrives: pasted, kept as a case of the project, and labelled by what is released. */
export function LabelCaseCard({ project }: { project: string }) {
  const [open, setOpen] = useState(false)
  const desk = useQuery(labelDeskQuery(project))
  return (
    <Card
      title="Label one case"
      description="A new case gets its label at once from the released version. It is kept as a case of the project."
      action={
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Close' : 'Paste a case'}
        </Button>
      }
    >
      {open ? (
        <Loaded query={desk}>
          {(data) => <Desk project={project} released={data.released} />}
        </Loaded>
      ) : null}
    </Card>
  )
}

type DeskProps = { project: string; released: LabelDesk['released'] }

function Desk({ project, released }: DeskProps) {
  if (released) return <LabelForm project={project} versionNumber={released.versionNumber} />
  return (
    <Notice
      title="No version is released"
      action={
        <Link className="link" href={`/projects/${project}/versions`}>
          Go to the versions
        </Link>
      }
    >
      New cases are labelled by the released version. Release one, then paste a case here.
    </Notice>
  )
}

function LabelForm({ project, versionNumber }: { project: string; versionNumber: number | null }) {
  const [pasted, setPasted] = useState({ subject: '', text: '' })
  const label = useLabelCase(project)
  const once = useOnce()
  const ready = pasted.text.trim() !== ''
  const ask = () => {
    if (!ready) return
    const given = { subject: pasted.subject.trim(), messages: readTurns(pasted.text) }
    once((again) => label.mutate(given, { onSettled: again }))
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    ask()
  }
  return (
    <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
      <form
        className="grid gap-4"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          ask()
        }}
      >
        <ConversationFields
          {...pasted}
          longest={{ subject: LONGEST_SUBJECT, text: LONGEST_TEXT }}
          hint={explainTurns(pasted.text)}
          onChange={(change) => setPasted((former) => ({ ...former, ...change }))}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button type="submit" variant="primary" busy={label.isPending} disabled={!ready}>
            Label it with v{versionNumber}
          </Button>
          <span className="text-[13px] text-muted">
            {ready ? 'Ctrl or ⌘ with Enter does it too.' : 'Paste the text of a case first.'}
          </span>
        </div>
      </form>
      <div
        aria-live="polite"
        aria-busy={label.isPending}
        className={label.isPending ? 'min-w-0 opacity-60' : 'min-w-0'}
      >
        {label.error ? (
          <Notice tone="bad" title="No label">
            {errorMessage(label.error)}
          </Notice>
        ) : label.data ? (
          <LabelledCaseView project={project} labelled={label.data} />
        ) : (
          <p className="text-muted">
            {label.isPending ? 'The model is asked…' : 'The answer will be here, with its cost.'}
          </p>
        )}
      </div>
    </div>
  )
}
