'use client'
import { useState } from 'react'
import { toast } from 'sonner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Field, Textarea } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { useDecideProposal } from '@/lib/versions/proposals/queries'
import type { ProposalDecision, ProposalView } from '@/lib/versions/proposals/schema'
import { PairName } from './draft-rules-card'
import { ProposalSources } from './proposal-sources'

const LONGEST = 600

type ProposalItemProps = {
  project: string
  versionId: string
  edit: number
  proposal: ProposalView
  mayDecide: boolean
}

/** A proposed rule, where it would stand, what it was drafted from, and what to do with it. */
export function ProposalItem(props: ProposalItemProps) {
  const { project, versionId, edit, proposal, mayDecide } = props
  const decide = useDecideProposal(project, versionId)
  const [text, setText] = useState<string | null>(null)
  const { id, status, draftedBy, category } = proposal
  const said = proposal.editedText ?? proposal.text

  // A decided proposal moves to the other list, so this item is gone when the answer is there.
  async function send(decision: ProposalDecision, done?: string) {
    try {
      const after = await decide.mutateAsync({ id, ...decision })
      setText(null)
      if (!done) return
      const undo = () =>
        decide.mutateAsync({ id, decision: 'reopen', edit: after.edit }).catch(showError)
      toast.success(done, { action: { label: 'Undo', onClick: () => void undo() } })
    } catch (error) {
      showError(error)
    }
  }

  return (
    <li
      className={cx(
        'grid min-w-0 gap-2 rounded-xl border border-line bg-surface p-4',
        status === 'open' ? '' : 'bg-sunken/40',
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
        <PairName pair={proposal} />
        <Badge tone={draftedBy === 'model' ? 'accent' : 'neutral'}>
          {draftedBy === 'model' ? 'drafted by the model' : 'from a template'}
        </Badge>
        <span className="text-muted">
          {category ? `for the description of ${category}` : 'for the rules'}
        </span>
        {status === 'open' ? null : (
          <Badge tone={status === 'accepted' ? 'good' : 'neutral'}>
            {status}
            {proposal.decidedBy ? ` by ${proposal.decidedBy}` : ''}
          </Badge>
        )}
      </p>
      {text === null ? (
        <p className={cx('max-w-prose break-words', status === 'rejected' && 'text-muted')}>
          {said}
          {proposal.editedText ? (
            <span className="text-muted text-xs"> (changed from: {proposal.text})</span>
          ) : null}
        </p>
      ) : (
        <Field label="The rule, as it joins the draft" className="max-w-prose">
          {(field) => (
            <Textarea
              id={field}
              autoFocus
              value={text}
              maxLength={LONGEST}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
      )}
      <ProposalSources project={project} sources={proposal.sources} />
      {mayDecide ? (
        <div className="flex flex-wrap gap-2">
          {status !== 'open' ? (
            <Button
              size="sm"
              busy={decide.isPending}
              onClick={() => void send({ decision: 'reopen', edit })}
            >
              {status === 'accepted' ? 'Take it out again' : 'Open it again'}
            </Button>
          ) : text === null ? (
            <>
              <Button
                size="sm"
                variant="primary"
                busy={decide.isPending}
                onClick={() => void send({ decision: 'accept', edit }, 'Joined the draft')}
              >
                Accept
              </Button>
              <Button size="sm" onClick={() => setText(proposal.text)}>
                Edit
              </Button>
              <Button
                size="sm"
                variant="ghost"
                busy={decide.isPending}
                onClick={() => void send({ decision: 'reject' }, 'Rejected')}
              >
                Reject
              </Button>
            </>
          ) : (
            <>
              <Button
                size="sm"
                variant="primary"
                busy={decide.isPending}
                disabled={text.trim() === ''}
                onClick={() =>
                  void send({ decision: 'accept', edit, text: text.trim() }, 'Joined the draft')
                }
              >
                Accept as edited
              </Button>
              <Button size="sm" variant="ghost" onClick={() => setText(null)}>
                Cancel
              </Button>
            </>
          )}
        </div>
      ) : null}
    </li>
  )
}
