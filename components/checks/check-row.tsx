'use client'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { TableCell, TableHeader, TableRow } from '@/components/ui/table'
import { useAddChecks, useChangeCheck, useRemoveCheck } from '@/lib/reviews/checks/managing/queries'
import { UNUSABLE_WORDS } from '@/lib/reviews/checks/managing/rules'
import type { CheckView } from '@/lib/reviews/checks/managing/schema'
import { ReasonDialog } from './reason-dialog'

export function CheckRow({ project, check }: { project: string; check: CheckView }) {
  const [writing, setWriting] = useState(false)
  const change = useChangeCheck(project)
  const { caseId, label, secondLabel, unusable, answered, right } = check
  const name = check.subject || check.externalId
  return (
    <TableRow>
      <TableHeader scope="row" className="min-w-48 whitespace-normal align-top">
        <Link className="link wrap-anywhere" href={`/projects/${project}/cases/${caseId}`}>
          {name}
        </Link>
        {unusable ? (
          <span className="mt-1 block font-normal">
            <Badge tone="warn">Not asked</Badge> {UNUSABLE_WORDS[unusable]}
          </span>
        ) : null}
      </TableHeader>
      <TableCell className="min-w-32">
        {label ?? <span className="text-muted">{unusable ? '–' : 'You are asked for it'}</span>}
        {secondLabel ? <span className="block text-muted">or {secondLabel}</span> : null}
      </TableCell>
      <TableCell numeric>
        {answered === 0 ? (
          <span className="text-muted">not asked yet</span>
        ) : (
          `${count(right)} of ${count(answered)}`
        )}
      </TableCell>
      <TableCell className="wrap-anywhere min-w-48">{check.reason}</TableCell>
      <TableCell>
        <div className="flex justify-end gap-1">
          <Button size="sm" variant="ghost" onClick={() => setWriting(true)}>
            {check.reason ? 'Change reason' : 'Give a reason'}
            <span className="sr-only"> of {name}</span>
          </Button>
          <RemoveButton project={project} check={check} name={name} />
        </div>
        <ReasonDialog
          open={writing}
          onOpenChange={setWriting}
          title="Reason"
          action="Save"
          reason={check.reason}
          busy={change.isPending}
          onSave={(reason) =>
            change.mutate(
              { caseId, reason },
              { onError: showError, onSuccess: () => setWriting(false) },
            )
          }
        />
      </TableCell>
    </TableRow>
  )
}

type RemoveProps = { project: string; check: CheckView; name: string }

function RemoveButton({ project, check: { caseId, reason }, name }: RemoveProps) {
  const remove = useRemoveCheck(project)
  const addBack = useAddChecks(project)
  const undo = () => addBack.mutate({ caseId, reason }, { onError: showError })
  return (
    <Button
      size="sm"
      variant="ghost"
      busy={remove.isPending}
      aria-label={`Remove ${name}`}
      onClick={() =>
        remove.mutate(caseId, {
          onError: showError,
          onSuccess: () =>
            toast('The case checks nobody any more', { action: { label: 'Undo', onClick: undo } }),
        })
      }
    >
      Remove
    </Button>
  )
}
