'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { projectQuery } from '@/lib/projects/queries'
import { gateRuleQuery } from '@/lib/versions/gate/queries'
import { CategoryHistoryCard } from './categories/category-history'
import { CategoriesForm } from './categories-form'
import { GateForm } from './gate-form'
import { MembersCard } from './members-card'
import { RedactionCard } from './redaction/redaction-card'
import { TargetsForm } from './targets-form'

export function SettingsPage({ project: slug }: { project: string }) {
  const project = useQuery(projectQuery(slug))
  const rule = useQuery(gateRuleQuery(slug))
  return (
    <Page title="Settings" width="narrow">
      <Loaded query={project}>
        {(data) => (
          <div className="grid gap-4">
            <TargetsForm project={data} />
            <CategoriesForm project={data} />
            <CategoryHistoryCard project={slug} />
            <Loaded query={rule}>
              {(found) => (
                <GateForm project={slug} rule={found} minCategoryCases={data.minCategoryCases} />
              )}
            </Loaded>
            <RedactionCard project={slug} />
            <Card
              title="Prices"
              description="What each model costs here: by the dated table, or as you set it."
              action={
                <Button asChild size="sm">
                  <Link href={`/projects/${slug}/settings/prices`}>Open prices</Link>
                </Button>
              }
            />
            <MembersCard project={slug} />
            <Card
              title="Reviewing"
              description="What reviewers get next, and work that is given to one person."
              action={
                <Button asChild size="sm">
                  <Link href={`/projects/${slug}/settings/reviewing`}>Open reviewing</Link>
                </Button>
              }
            />
            <Card
              title="Check cases and reviewers"
              description="Cases with a known answer, and how well and how fast each person answers."
              action={
                <Button asChild size="sm">
                  <Link href={`/projects/${slug}/settings/checks`}>Open check cases</Link>
                </Button>
              }
            />
            <Card
              title="Imports"
              description="Cases come from CSV or JSON Lines files."
              action={
                <Button asChild size="sm">
                  <Link href={`/projects/${slug}/imports`}>Open imports</Link>
                </Button>
              }
            />
          </div>
        )}
      </Loaded>
    </Page>
  )
}
