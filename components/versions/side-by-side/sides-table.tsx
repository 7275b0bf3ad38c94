import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { count, duration, interval, money, percent } from '@/components/ui/figures'
import { priceWords } from '@/components/ui/price-note'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { titleVersion } from '@/lib/versions/rules'
import type { Candidate, Side, SideBySideView } from '@/lib/versions/side-by-side/schema'
import { describeProbability } from '@/lib/versions/trials/rules'
import { hrefOf } from '../version-frame'

/** The baseline and below it each candidate, in the order in which they were chosen. */
export function SidesTable({ project, view }: { project: string; view: SideBySideView }) {
  return (
    <Table label="Side by side on dev">
      <TableHead>
        <TableRow>
          <TableHeader>Version</TableHeader>
          <TableHeader numeric>accuracy</TableHeader>
          <TableHeader numeric>gain, points</TableHeader>
          <TableHeader numeric>fixed / broken</TableHeader>
          <TableHeader numeric>mid-p</TableHeader>
          <TableHeader numeric>corrected (Holm)</TableHeader>
          <TableHeader>Verdict</TableHeader>
          <TableHeader numeric>prompt tokens</TableHeader>
          <TableHeader numeric>per 1,000 cases</TableHeader>
          <TableHeader numeric>half of the calls within</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        <SideRow project={project} side={view.base} comparison="baseline" />
        {view.candidates.map((side) => (
          <SideRow key={side.id} project={project} side={side} comparison={side.comparison} />
        ))}
      </TableBody>
    </Table>
  )
}

type SideRowProps = {
  project: string
  side: Side
  comparison: Candidate['comparison'] | 'baseline'
}

const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`

function SideRow({ project, side, comparison }: SideRowProps) {
  const { accuracy, run } = side
  const compared = comparison === 'baseline' ? null : comparison
  return (
    <TableRow>
      <TableCell className="min-w-44">
        <Link className="link font-medium" href={hrefOf(project, side)}>
          {titleVersion(side, side.parent)}
        </Link>{' '}
        {comparison === 'baseline' ? <Badge>baseline</Badge> : null}
        {side.note ? (
          <div className="line-clamp-2 break-words text-muted text-xs">{side.note}</div>
        ) : null}
      </TableCell>
      <TableCell numeric>
        {accuracy && accuracy.n > 0 ? (
          <>
            <span className="font-medium">{percent(accuracy.rate)}</span>
            <div className="text-muted text-xs">
              {interval(accuracy.low, accuracy.high)} of {count(accuracy.n)}
            </div>
          </>
        ) : (
          <span className="text-muted">{describeRun(side)}</span>
        )}
      </TableCell>
      <TableCell numeric>
        {compared ? (
          <>
            {points(compared.gain)}
            <div className="text-muted text-xs">
              {points(compared.interval.low)} to {points(compared.interval.high)}
            </div>
          </>
        ) : (
          '–'
        )}
      </TableCell>
      <TableCell numeric>
        {compared ? (
          <>
            {count(compared.onlyNew)} / {count(compared.onlyOld)}
            <div className="text-muted text-xs">of {count(compared.n)}</div>
          </>
        ) : (
          '–'
        )}
      </TableCell>
      <TableCell numeric>{compared ? describeProbability(compared.midP) : '–'}</TableCell>
      <TableCell numeric>{compared ? describeProbability(compared.adjustedP) : '–'}</TableCell>
      <TableCell className="whitespace-nowrap text-muted">
        {compared ? <Verdict verdict={compared.verdict} /> : null}
      </TableCell>
      <TableCell numeric>{count(side.promptTokens)}</TableCell>
      <TableCell numeric>
        {run && run.status === 'done' && run.costPerThousand === null
          ? 'not known'
          : money(run?.costPerThousand)}
        {run?.priced ? <div className="text-muted text-xs">{priceWords(run.priced)}</div> : null}
      </TableCell>
      <TableCell numeric>
        {duration(run?.latency?.median)}
        {run?.latency ? (
          <div className="text-muted text-xs">95 % within {duration(run.latency.p95)}</div>
        ) : null}
      </TableCell>
    </TableRow>
  )
}

function describeRun({ run, accuracy }: Side): string {
  if (!run) return 'not tried yet'
  if (run.status !== 'done') return 'at work'
  return accuracy ? 'no labelled case' : '–'
}

function Verdict({ verdict }: { verdict: NonNullable<Candidate['comparison']>['verdict'] }) {
  if (verdict === 'better') return <Badge tone="good">better</Badge>
  if (verdict === 'worse') return <Badge tone="bad">worse</Badge>
  return 'cannot tell'
}
