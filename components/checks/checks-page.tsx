'use client'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { ChecksCard } from './checks-card'
import { ReviewersCard } from './reviewers-card'

/** `people`: whoever looks may also see how well each person answers. */
export function ChecksPage({ project, people }: { project: string; people: boolean }) {
  return (
    <Page
      title={people ? 'Check cases and reviewers' : 'Check cases'}
      description={
        <>
          How many are mixed in, and how many newcomers answer first, is set on{' '}
          <Link className="link" href={`/projects/${project}/settings/reviewing`}>
            Reviewing
          </Link>
          .
        </>
      }
    >
      {people ? <ReviewersCard project={project} /> : null}
      <ChecksCard project={project} />
    </Page>
  )
}
