import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { day, money } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { ModelPrices, PricesView } from '@/lib/runs/prices/schema'
import { PriceDialog } from './price-dialog'

type PricesCardProps = { project: string; view: PricesView }

export function PricesCard({ project, view }: PricesCardProps) {
  const [open, setOpen] = useState<string | null>(null)
  const opened = view.models.find(({ modelId }) => modelId === open)
  if (view.models.length === 0) {
    return (
      <Empty title="No model is named yet">
        As soon as a version names one, its price is here.
      </Empty>
    )
  }
  return (
    <Card>
      <Table label="Prices of models">
        <TableHead>
          <TableRow>
            <TableHeader>Model</TableHeader>
            <TableHeader numeric>Input</TableHeader>
            <TableHeader numeric>Output</TableHeader>
            <TableHeader numeric>Cache, written</TableHeader>
            <TableHeader numeric>Cache, read</TableHeader>
            <TableHeader numeric>Batch job</TableHeader>
            <TableHeader>From</TableHeader>
            {view.mayChange ? (
              <TableHeader>
                <span className="sr-only">Change</span>
              </TableHeader>
            ) : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {view.models.map((model) => (
            <TableRow key={model.modelId}>
              <TableHeader
                scope="row"
                className="wrap-anywhere min-w-44 whitespace-normal align-top"
              >
                <code className="font-mono text-ink text-xs">{model.modelId}</code>
              </TableHeader>
              <Amounts model={model} />
              {view.mayChange ? (
                <TableCell numeric>
                  <Button
                    size="sm"
                    aria-label={`Set the price of ${model.modelId}`}
                    onClick={() => setOpen(model.modelId)}
                  >
                    {model.price?.own ? 'Change' : 'Set'}
                  </Button>
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {opened ? (
        <PriceDialog
          key={opened.modelId}
          project={project}
          model={opened}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Card>
  )
}

function Amounts({ model: { price, setBy } }: { model: ModelPrices }) {
  if (price === null) {
    return (
      <TableCell colSpan={6}>
        <Badge tone="warn">Price not known</Badge>{' '}
        <span className="text-muted">Costs are not told, and budgets in dollars not taken.</span>
      </TableCell>
    )
  }
  return (
    <>
      <TableCell numeric>{money(price.input)}</TableCell>
      <TableCell numeric>{money(price.output)}</TableCell>
      <TableCell numeric>{money(price.cacheWrite)}</TableCell>
      <TableCell numeric>{money(price.cacheRead)}</TableCell>
      <TableCell numeric>{Math.round(price.batchShare * 100)} %</TableCell>
      <TableCell className="min-w-44 text-muted">
        {price.date === null ? 'local stand-in' : null}
        {price.date !== null && !price.own ? `table of ${day(price.date)}` : null}
        {price.date !== null && price.own
          ? `set ${setBy ? `by ${setBy} ` : ''}on ${day(price.date)}`
          : null}
      </TableCell>
    </>
  )
}
