'use client'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Conversation, type Highlight } from '@/components/ui/conversation'
import { Glossary } from '@/components/ui/glossary'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { tellKinds } from '@/lib/cases/redaction/words/rules'
import { useKeepCase } from '@/lib/versions/playground/queries'
import type { KeptCase, PastedCase, TryView } from '@/lib/versions/playground/schema'

type TriedCaseProps = {
  project: string
  version: string
  view: TryView
  pasted: PastedCase
  highlights: Highlight[]
}

/** The case as it was read, with the quotation where it really stands. */
export function TriedCase({ project, version, view, pasted, highlights }: TriedCaseProps) {
  const { id, externalId, subject, messages } = view.case
  const keep = useKeepCase(project, version)
  const isNew = id === null && view.alike.length === 0
  return (
    <Card
      title={subject}
      description={
        id ? (
          <CaseLink project={project} id={id} externalId={externalId ?? ''} />
        ) : (
          'As it was read from what you pasted.'
        )
      }
      action={
        isNew && !keep.data ? (
          <Button
            size="sm"
            busy={keep.isPending}
            onClick={() => keep.mutate(pasted, { onError: showError })}
          >
            Keep it as a case
          </Button>
        ) : null
      }
    >
      <div className="grid gap-4">
        {keep.data ? <Kept project={project} kept={keep.data} /> : null}
        {view.alike.length > 0 ? (
          <Notice title="The project has this case already">
            It says nearly the same as{' '}
            {view.alike.map((one, index) => (
              <span key={one.id}>
                {index > 0 ? ', ' : ''}
                <CaseLink project={project} {...one} />
              </span>
            ))}
            .
          </Notice>
        ) : null}
        {view.replaced.length > 0 ? (
          <Glossary
            summary={`Replaced before it was sent: ${tellKinds(view.replaced.map(({ kind }) => kind))}`}
            rows={view.replaced.map(({ placeholder, values, times }) => ({
              ...{ term: placeholder, meanings: values, times },
            }))}
          />
        ) : null}
        <Conversation messages={messages} highlights={highlights} foldMiddle />
      </div>
    </Card>
  )
}

function Kept({ project, kept }: { project: string; kept: KeptCase }) {
  return (
    <Notice
      tone="good"
      title={
        <>
          {kept.isNew ? 'Kept as ' : 'It is a case already: '}
          <CaseLink project={project} {...kept} />
        </>
      }
    >
      {kept.isNew
        ? 'It comes into the example pool in a moment and then stands in Cases; where nearly the same text is in another pool, it is set aside. As you have seen answers to it, others will be asked for its label.'
        : 'Nothing was added.'}
    </Notice>
  )
}

type CaseLinkProps = { project: string; id: string; externalId: string }

function CaseLink({ project, id, externalId }: CaseLinkProps) {
  return (
    <Link className="link wrap-anywhere" href={`/projects/${project}/cases/${id}`}>
      {externalId}
    </Link>
  )
}
