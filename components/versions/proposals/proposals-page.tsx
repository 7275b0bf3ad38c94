'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { proposalsQuery } from '@/lib/versions/proposals/queries'
import type { ProposalsView } from '@/lib/versions/proposals/schema'
import { versionQuery } from '@/lib/versions/queries'
import type { VersionView } from '@/lib/versions/schema'
import { NewDraftButton } from '../new-draft-button'
import { VersionFrame } from '../version-frame'
import { DraftRulesCard } from './draft-rules-card'
import { ProposalItem } from './proposal-item'
import { TryEach } from './try-each'

type ProposalsPageProps = { project: string; version: string; mayEdit: boolean }

/** One rule for each of the pairs that cost most, for a person to take, change or turn down. */
export function ProposalsPage({ project, version: ref, mayEdit }: ProposalsPageProps) {
  const version = useQuery(versionQuery(project, ref))
  const proposals = useQuery(proposalsQuery(project, ref))
  return (
    <Loaded query={version}>
      {(data) => (
        <VersionFrame project={project} version={data} mayEdit={mayEdit}>
          <Loaded query={proposals}>
            {(found) => (
              <ProposalsBody project={project} version={data} found={found} mayEdit={mayEdit} />
            )}
          </Loaded>
        </VersionFrame>
      )}
    </Loaded>
  )
}

type BodyProps = { project: string; version: VersionView; found: ProposalsView; mayEdit: boolean }

function ProposalsBody({ project, version, found, mayEdit }: BodyProps) {
  const { pairs, proposals } = found
  const isDraft = version.number === null
  const open = proposals.filter(({ status }) => status === 'open')
  const decided = proposals.filter(({ status }) => status !== 'open')
  const mayDecide = mayEdit && isDraft
  if (proposals.length === 0 && !isDraft) {
    return (
      <Empty
        title="A frozen version takes no new rules"
        action={mayEdit ? <NewDraftButton project={project} from={version} /> : null}
      >
        Rules are proposed for a draft.
      </Empty>
    )
  }
  if (proposals.length === 0 && pairs.length === 0) {
    return (
      <Empty
        title="There is nothing to propose from yet"
        action={
          <Button asChild>
            <Link href={`/projects/${project}/corrections`}>Corrections</Link>
          </Button>
        }
      >
        Rules are drafted from corrections: cases of which a person said that the suggested label
        was wrong, and which.
      </Empty>
    )
  }
  const list = (items: ProposalsView['proposals']) => (
    <ul className="grid gap-3">
      {items.map((proposal) => (
        <ProposalItem
          key={proposal.id}
          project={project}
          versionId={version.id}
          edit={found.edit}
          proposal={proposal}
          mayDecide={mayDecide}
        />
      ))}
    </ul>
  )
  return (
    <>
      {mayDecide && pairs.length > 0 ? (
        <DraftRulesCard project={project} versionId={version.id} found={found} />
      ) : null}
      {open.length > 0 ? (
        <section aria-label="Open proposals" className="grid gap-3">
          <header className="flex flex-wrap items-center justify-between gap-2">
            <h2 className="font-semibold text-[15px]">Open: {open.length}</h2>
            {mayDecide ? <TryEach project={project} version={version} open={open} /> : null}
          </header>
          {list(open)}
        </section>
      ) : null}
      {decided.length > 0 ? (
        <section aria-label="Decided proposals" className="grid gap-3">
          <h2 className="font-semibold text-[15px]">Decided: {decided.length}</h2>
          {list(decided)}
        </section>
      ) : null}
      {proposals.length === 0 && !mayDecide ? (
        <Empty title="No rule has been proposed yet">
          A prompt engineer can have some drafted.
        </Empty>
      ) : null}
    </>
  )
}
