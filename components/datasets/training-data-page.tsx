'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { trainingDataQuery } from '@/lib/datasets/queries'
import type { TrainingDataView } from '@/lib/datasets/schema'
import { BalanceCard } from './balance-card'
import { LabelsCard } from './labels-card'
import { WorkbookCard } from './workbook-card'

export function TrainingDataPage({ project }: { project: string }) {
  const data = useQuery(trainingDataQuery(project))
  return (
    <Page title="Training data">
      <Loaded query={data}>
        {(training) =>
          training.labelled + training.unlabelled === 0 ? (
            <Empty
              title="There are no cases yet"
              action={
                <Button asChild variant="primary">
                  <Link href={`/projects/${project}/cases`}>Open cases</Link>
                </Button>
              }
            >
              Import support cases first. Once they are reviewed, or come with known labels, this
              page shows how the labels are spread and hands them out as files.
            </Empty>
          ) : (
            <>
              <SummaryCard training={training} />
              <BalanceCard training={training} />
              <div className="grid gap-4 lg:grid-cols-2">
                <LabelsCard project={project} training={training} />
                <WorkbookCard
                  project={project}
                  workbooks={training.workbooks}
                  redactPersonalData={training.redactPersonalData}
                />
              </div>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function SummaryCard({ training }: { training: TrainingDataView }) {
  const { categories, targetPerCategory: target, labelled, unlabelled, bulkConfirmed } = training
  const current = categories.filter(({ archived }) => !archived)
  const full = current.filter(({ n }) => n >= target).length
  const missing = current.reduce((sum, { n }) => sum + Math.max(0, target - n), 0)
  return (
    <Card>
      <h2 className="font-semibold text-2xl leading-8 tracking-tight">
        {missing === 0
          ? 'Every category has enough labels'
          : `${count(missing)} labels are still missing`}
      </h2>
      <p className="mt-2 max-w-prose text-[15px] text-muted">
        {count(full)} of {count(current.length)} categories {full === 1 ? 'has' : 'have'} reached
        the target of {count(target)} labels each. {count(labelled)} of{' '}
        {count(labelled + unlabelled)} cases have a final label; {count(unlabelled)} have none yet.
        {bulkConfirmed > 0
          ? ` ${count(bulkConfirmed)} of the labels were confirmed in bulk: marked so in the files.`
          : ''}
      </p>
    </Card>
  )
}
