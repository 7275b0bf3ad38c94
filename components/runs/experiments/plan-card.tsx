import { Card } from '@/components/ui/card'
import { count, money, roughly } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { compareCosts } from '@/lib/runs/batches/costs/rules'
import { nameCell } from '@/lib/runs/experiments/rules'
import type { ExperimentPlan } from '@/lib/runs/experiments/schema'
import { FigureList } from '../figure-list'

type PlanCardProps = { project: string; plan: ExperimentPlan; repeats: number }

/** What the grid comes to, set-up by set-up, before it is begun. */
export function PlanCard({ project, plan, repeats }: PlanCardProps) {
  return (
    <Card
      title="What it takes"
      description="An estimate from the prompts and the cases’ lengths. One set-up runs after the other, so that each is timed alone."
    >
      <div className="grid gap-4" aria-live="polite">
        <FigureList figures={listTotals(project, plan, repeats)} />
        {plan.standIn ? (
          <p className="text-[13px] text-muted">
            Answered by the <StandIn />: it {plan.total.cost === 0 ? 'costs nothing, and ' : ''}says
            nothing of a model.
          </p>
        ) : null}
        {plan.obstacle ? (
          <Notice tone="bad" title="This can’t be started">
            {plan.obstacle}
          </Notice>
        ) : null}
        <PlannedCells plan={plan} />
        <DearerInBatch cells={plan.cells} />
        {plan.merged > 0 ? (
          <p className="text-[13px] text-muted">
            {plan.merged === 1
              ? '1 crossing comes to the same set-up as another and runs once.'
              : `${count(plan.merged)} crossings come to the same set-up as another and run once.`}
          </p>
        ) : null}
        <LeftOut leftOut={plan.leftOut} />
      </div>
    </Card>
  )
}

function listTotals(project: string, { cells, cases, total }: ExperimentPlan, repeats: number) {
  const answers = cells.length * cases * repeats
  const times = repeats > 1 ? `, ${repeats} times` : ''
  return [
    { name: 'Set-ups', value: count(cells.length), note: `${count(cases)} cases each${times}` },
    { name: 'Answers', value: count(answers) },
    {
      name: 'Tokens',
      value: count(total.inputTokens + total.outputTokens),
      note: `${count(total.inputTokens)} in, ${count(total.outputTokens)} out`,
    },
    {
      name: 'Cost',
      value: total.cost === null ? 'not known' : money(total.cost),
      note: <PriceNote project={project} {...total} />,
    },
    { name: 'Time', value: roughly(total.durationMs) },
  ]
}

function PlannedCells({ plan: { cells } }: { plan: ExperimentPlan }) {
  if (cells.length === 0) return null
  return (
    <Table label="Set-ups and what each takes" long>
      <TableHead>
        <TableRow>
          <TableHeader>Set-up</TableHeader>
          <TableHeader numeric>Prompt</TableHeader>
          <TableHeader numeric>Tokens in</TableHeader>
          <TableHeader numeric>Tokens out</TableHeader>
          <TableHeader numeric>Cost</TableHeader>
          <TableHeader numeric>Time</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {cells.map((cell) => {
          const { estimate, facts } = cell
          return (
            <TableRow key={nameCell(cell) + cell.version.id}>
              <TableCell className="min-w-48">{nameCell(cell)}</TableCell>
              <TableCell numeric>{count(facts.promptTokens)}</TableCell>
              <TableCell numeric>{count(estimate.inputTokens)}</TableCell>
              <TableCell numeric>{count(estimate.outputTokens)}</TableCell>
              <TableCell numeric>
                {estimate.cost === null ? 'not known' : money(estimate.cost)}
              </TableCell>
              <TableCell numeric>{roughly(estimate.durationMs)}</TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

/** People choose batch jobs to save money. */
function DearerInBatch({ cells }: Pick<ExperimentPlan, 'cells'>) {
  const dearer = cells.filter(
    ({ facts, estimate: { costs } }) => facts.mode === 'batch' && compareCosts(costs) === 'dearer',
  )
  const sum = (way: 'onDemand' | 'batch') =>
    money(dearer.reduce((total, { estimate }) => total + (estimate.costs[way] ?? 0), 0))
  if (dearer.length === 0) return null
  return (
    <Notice
      tone="warn"
      title={`Dearer as a batch job: ${dearer.length === 1 ? '1 set-up' : `${count(dearer.length)} set-ups`}`}
    >
      {sum('batch')} instead of {sum('onDemand')} on demand: a batch job does not use the prompt
      cache.
    </Notice>
  )
}

function LeftOut({ leftOut }: Pick<ExperimentPlan, 'leftOut'>) {
  if (leftOut.length === 0) return null
  return (
    <Notice title={`Left out: ${count(leftOut.length)} that would make no sense`}>
      <ul className="mt-1 grid max-h-48 gap-1 overflow-y-auto">
        {leftOut.map(({ name, reason }) => (
          <li key={name}>
            <span className="text-ink">{name}</span>: {reason}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
