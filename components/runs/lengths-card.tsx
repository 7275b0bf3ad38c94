'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { lengthsQuery } from '@/lib/runs/lengths/queries'
import type { CaseLengths, PackFit } from '@/lib/runs/lengths/schema'
import type { EstimateInput } from '@/lib/runs/schema'
import { LengthsChart, nameBin } from './lengths-chart'

/** What to look at before choosing packs. */
export function LengthsCard({ project, choice }: { project: string; choice: EstimateInput }) {
  const query = useQuery(lengthsQuery(project, choice))
  return (
    <Card
      title="How long the cases are"
      description="In tokens, estimated. Cases that share a call share what the prompt leaves of the model’s window."
    >
      <Loaded query={query}>{(lengths) => <Lengths lengths={lengths} />}</Loaded>
    </Card>
  )
}

function Lengths({ lengths }: { lengths: CaseLengths }) {
  if (lengths.cases === 0) return <p className="text-[13px] text-muted">There are no cases yet.</p>
  return (
    <div className="grid gap-4">
      <LengthsChart lengths={lengths} />
      <Table label="How many cases fit a pack">
        <TableHead>
          <TableRow>
            <TableHeader>Cases to a call</TableHeader>
            <TableHeader numeric>Room for each</TableHeader>
            <TableHeader numeric>Cases that fit</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {lengths.packs.map((pack) => (
            <TableRow key={pack.packSize}>
              <TableCell>
                {pack.packSize === 1 ? 'one by one' : `packs of ${pack.packSize}`}
                {describeMost(pack)}
              </TableCell>
              <TableCell numeric>{count(pack.room)} tokens</TableCell>
              <TableCell numeric>
                {count(pack.fits)} · {percent(pack.fits / lengths.cases, 0)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <details className="text-[13px]">
        <summary className="cursor-pointer text-muted">The lengths as a table</summary>
        <Table label="Lengths of the cases" className="mt-2">
          <TableHead>
            <TableRow>
              <TableHeader>Tokens</TableHeader>
              <TableHeader numeric>Cases</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {lengths.bins.map((bin, at) => (
              <TableRow key={bin.upTo ?? 'more'}>
                <TableCell>{nameBin(lengths.bins, at)}</TableCell>
                <TableCell numeric>{count(bin.cases)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </details>
    </div>
  )
}

const describeMost = ({ packSize, most }: PackFit) =>
  most < packSize ? `, of which this model can answer ${most}` : ''
