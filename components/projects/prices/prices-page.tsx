'use client'
import { useQuery } from '@tanstack/react-query'
import { Page } from '@/components/layout/page'
import { day } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { pricesQuery } from '@/lib/runs/prices/queries'
import { OtherModelForm } from './other-model-form'
import { PricesCard } from './prices-card'

/** What each model costs in this project: by the table, or as somebody has set it. */
export function PricesPage({ project }: { project: string }) {
  const query = useQuery(pricesQuery(project))
  return (
    <Page
      title="Prices"
      description="In dollars for a million tokens. A price counts for what is begun from then on: a run keeps the price it was started with, and what was recorded stays as it is."
    >
      <Loaded query={query}>
        {(view) => (
          <>
            <PricesCard project={project} view={view} />
            {view.mayChange ? <OtherModelForm project={project} view={view} /> : null}
            <p className="max-w-prose text-[13px] text-muted">
              Prices that nobody has set come from the table of @pydantic/genai-prices for Bedrock,
              of {day(view.tableDate)}, and a token in a batch job is taken to cost half.{' '}
              {view.mayChange
                ? 'Set your own where your contract, your region or a newer list says otherwise.'
                : 'A manager of the project sets others, where your contract, your region or a newer list says otherwise.'}
              {view.standIn
                ? ' The local stand-in costs nothing; a price set for one of its models counts all the same, so that a budget can be tried.'
                : ''}
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}
