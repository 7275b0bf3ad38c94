'use client'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { FreezeButton } from '../freeze-button'
import { hrefOf } from '../version-frame'
import type { Draft, DraftField } from './use-draft'

export function DraftActions({ project, draft }: { project: string; draft: Draft }) {
  const { shown, save, edit } = draft
  return (
    <>
      <Button asChild>
        <Link href={`${hrefOf(project, shown)}/trial`}>Try on dev</Link>
      </Button>
      <FreezeButton
        project={project}
        version={shown}
        prepare={async () => ((await save()) ? edit.current : null)}
      />
    </>
  )
}

const FIELD_NAMES: Record<DraftField, string> = {
  note: 'the note',
  persona: 'the persona',
  rules: 'the rules',
  categories: 'the categories',
  answerFormat: 'the answer format',
  badExampleForm: 'the form of bad examples',
  model: 'the model settings',
}

/** Says whether what is on screen is saved, and what to do when it is not. */
export function SavedState({ draft }: { draft: Draft }) {
  const { state, problem, unsaved, shown, save, keepMine, takeTheirs } = draft
  const names = unsaved.map((field) => FIELD_NAMES[field]).join(', ')
  if (problem?.kind === 'conflict') {
    return (
      <Notice
        tone="warn"
        title={problem.message}
        action={
          <div className="flex flex-wrap gap-2">
            {unsaved.length > 0 ? (
              <Button size="sm" onClick={() => void keepMine()}>
                Keep mine
              </Button>
            ) : null}
            <Button size="sm" onClick={takeTheirs}>
              {unsaved.length > 0 ? 'Take theirs' : 'Go on'}
            </Button>
          </div>
        }
      >
        {names
          ? `You changed ${names}. It is still here. The other parts show what is saved now.`
          : 'The page shows what is saved now.'}
      </Notice>
    )
  }
  if (problem) {
    return (
      <Notice
        tone="bad"
        title={problem.message}
        action={
          <Button size="sm" onClick={() => void save()}>
            Try again
          </Button>
        }
      >
        {names ? `${names} not saved yet. What you wrote is still here.` : null}
      </Notice>
    )
  }
  return (
    <p role="status" className="-mb-2 text-[13px] text-muted">
      {state === 'saving' ? (
        'Saving…'
      ) : (
        <>
          Saved <Time iso={shown.savedAt} />
          {shown.savedBy ? ` by ${shown.savedBy}` : ''}
        </>
      )}
    </p>
  )
}
