'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { showError } from '@/components/ui/show-error'
import {
  checkStateQuery,
  useAddChecks,
  useRemoveCheck,
} from '@/lib/reviews/checks/managing/queries'
import { UNUSABLE_WORDS } from '@/lib/reviews/checks/managing/rules'
import type { CheckState } from '@/lib/reviews/checks/managing/schema'
import { ReasonDialog } from './reason-dialog'

type CaseCheckProps = { project: string; caseId: string }

/** Whether a case checks reviewers, for who may see its label; nothing for anyone else. */
export function CaseCheckCard({ project, caseId }: CaseCheckProps) {
  const { data } = useQuery(checkStateQuery(project, caseId))
  if (!data) return null
  return (
    <Card title="Check case">
      {data.isCheck ? (
        <IsCheck project={project} caseId={caseId} state={data} />
      ) : (
        <MayBecome project={project} caseId={caseId} state={data} />
      )}
    </Card>
  )
}

function IsCheck({ project, caseId, state }: CaseCheckProps & { state: CheckState }) {
  const remove = useRemoveCheck(project)
  return (
    <div className="grid justify-items-start gap-2">
      <p>
        Mixed into reviewers’ work.{' '}
        <Link className="link" href={`/projects/${project}/settings/checks`}>
          All check cases
        </Link>
      </p>
      {state.unusable ? (
        <p className="text-warn">Not asked now. {UNUSABLE_WORDS[state.unusable]}</p>
      ) : null}
      {state.reason ? <p className="text-[13px] text-muted">{state.reason}</p> : null}
      <Button
        size="sm"
        busy={remove.isPending}
        onClick={() => remove.mutate(caseId, { onError: showError })}
      >
        Use no longer
      </Button>
    </div>
  )
}

function MayBecome({ project, caseId, state }: CaseCheckProps & { state: CheckState }) {
  const [open, setOpen] = useState(false)
  const add = useAddChecks(project)
  if (state.unusable) {
    return <p className="text-muted">It can’t be one. {UNUSABLE_WORDS[state.unusable]}</p>
  }
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-muted">Its answer is known, so it can check how well people label.</p>
      <Button size="sm" onClick={() => setOpen(true)}>
        Use as check case
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Use as check case"
        action="Use as check case"
        reason=""
        busy={add.isPending}
        onSave={(reason) =>
          add.mutate(
            { caseId, reason },
            {
              onError: showError,
              onSuccess: () => {
                setOpen(false)
                toast('Reviewers get this case mixed into their work')
              },
            },
          )
        }
      />
    </div>
  )
}
