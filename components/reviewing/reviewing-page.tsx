'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { reviewSettingsQuery } from '@/lib/reviews/settings/queries'
import { describeMix } from '@/lib/reviews/settings/rules'
import { GivenWorkCard } from './given-work-card'
import { MixForm } from './mix-form'

/** `mayChange`: whoever looks sets the mix; others read it. */
export function ReviewingPage({ project, mayChange }: { project: string; mayChange: boolean }) {
  const settings = useQuery(reviewSettingsQuery(project))
  return (
    <Page
      title="Reviewing"
      description="What reviewers are handed next, and work that is given to one person."
      width="narrow"
      actions={
        <Button asChild size="sm">
          <Link href={`/projects/${project}/settings/checks`}>Open check cases</Link>
        </Button>
      }
    >
      <Loaded query={settings}>
        {(data) =>
          mayChange ? (
            <MixForm project={project} settings={data} />
          ) : (
            <Card title="What reviewers get next" description="Managers set it.">
              <p>{describeMix(data)}</p>
            </Card>
          )
        }
      </Loaded>
      <GivenWorkCard project={project} />
    </Page>
  )
}
