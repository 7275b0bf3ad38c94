import { Card } from '@/components/ui/card'
import { count, duration, money, percent } from '@/components/ui/figures'
import { priceWords } from '@/components/ui/price-note'
import { Progress } from '@/components/ui/progress'
import { StandIn } from '@/components/ui/stand-in'
import { isEnded } from '@/lib/runs/rules'
import type { RunView } from '@/lib/runs/schema'
import { type Figure, FigureList } from './figure-list'
import { ProgressNews } from './progress-news'

export function ProgressCard({ run }: { run: RunView }) {
  const ended = run.done + run.failed
  const working = !isEnded(run.status)
  // Nobody knows how long Bedrock will take for a batch job: its own card says how far it has come.
  const hasPace = run.batchStage !== 'jobs'
  return (
    <Card
      title="Progress"
      action={
        <span className="tabular-nums">
          {count(ended)} of {count(run.items)}
          <span className="text-muted"> · {percent(run.items ? ended / run.items : 0, 0)}</span>
        </span>
      }
    >
      <Progress value={ended} max={run.items} label="Cases labelled" className="mb-5 h-2" />
      <FigureList
        figures={[
          ...(hasPace || !working ? showPace(run) : []),
          {
            name: working ? 'Cost so far' : 'Cost',
            value: run.cost === null ? 'not known' : money(run.cost),
            note: showPrice(run),
          },
          {
            name: 'Tokens',
            value: count(run.inputTokens + run.outputTokens),
            note: run.calls > 0 && `${count(run.inputTokens)} in, ${count(run.outputTokens)} out`,
          },
          ...showCache(run),
          {
            name: 'Calls',
            value: count(run.calls),
            note: run.calls > 0 && describeRetries(run.retries),
          },
          ...showTarget(run),
        ]}
      />
      <ul className="mt-4 grid gap-1 text-[13px] text-muted empty:hidden">
        {run.packing.absent > 0 ? (
          <li>
            {times(run.packing.absent)} a case was missing from the answer to its pack and asked for
            again.
          </li>
        ) : null}
        {run.packing.duplicate > 0 ? (
          <li>
            {times(run.packing.duplicate)} a case stood in the answer to its pack more than once.
          </li>
        ) : null}
        {run.doubtful > 0 ? (
          <li>
            {run.doubtful === 1 ? '1 call' : `${count(run.doubtful)} calls`} may have been paid for
            twice: a worker or its connection was cut off, and the cases were asked again.
          </li>
        ) : null}
      </ul>
      <p className="mt-4 flex flex-wrap items-center gap-2 text-[13px] text-muted">
        Model <code className="break-all font-mono text-ink text-xs">{run.modelId}</code>
        {run.standIn ? <StandIn /> : null}
      </p>
      <ProgressNews run={run} />
    </Card>
  )
}

function showPace(run: RunView): Figure[] {
  const { ratePerMinute: rate, timeLeftMs } = run
  const left = run.status === 'paused' || run.outage ? '–' : duration(timeLeftMs)
  return [
    { name: 'Rate', value: rate === null ? '–' : `${count(rate)} a minute` },
    isEnded(run.status)
      ? { name: 'Took', value: duration(run.workedMs), note: describePauses(run) }
      : { name: 'Time left', value: left },
  ]
}

const times = (n: number) => (n === 1 ? 'Once' : `${count(n)} times`)

function showCache({ cacheReadTokens, cacheWriteTokens }: RunView): Figure[] {
  if (cacheReadTokens + cacheWriteTokens === 0) return []
  const read = 'read at a lower price'
  const note = cacheWriteTokens > 0 ? `${read}; ${count(cacheWriteTokens)} written` : read
  return [{ name: 'From the cache', value: count(cacheReadTokens), note }]
}

function showTarget({ target }: RunView): Figure[] {
  if (target === null) return []
  const note = target.kept === null ? 'nothing measured yet' : target.kept ? 'kept' : 'not kept'
  return [{ name: 'Promised', value: `${count(target.perHour)} an hour`, note }]
}

function describeRetries(retries: number): string {
  if (retries === 0) return 'all answered'
  return retries === 1 ? '1 try without an answer' : `${count(retries)} tries without an answer`
}

/** Where it makes a difference: a run stands still, too, between its failing and its going on. */
function describePauses({ startedAt, finishedAt, workedMs }: RunView): string | undefined {
  if (startedAt === null || finishedAt === null || workedMs === null) return undefined
  const whole = Date.parse(finishedAt) - Date.parse(startedAt)
  return whole - workedMs > 1_000 ? 'at work; pauses don’t count' : undefined
}

/** A price that is set later changes nothing of what was begun without. */
function showPrice({ cost, priced }: RunView): string | undefined {
  if (cost === null) return 'no price was known when it was started'
  return priced ? priceWords(priced) : undefined
}
