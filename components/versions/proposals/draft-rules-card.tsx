'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { rulesEstimateQuery, useWantRules } from '@/lib/versions/proposals/queries'
import { findOutcome, isSamePair } from '@/lib/versions/proposals/rules'
import type { CostlyPair, ProposalsView, RulesEstimate } from '@/lib/versions/proposals/schema'

type DraftRulesCardProps = { project: string; versionId: string; found: ProposalsView }

/** Has one rule drafted for each pair that has no open proposal; the worker goes on without this page. */
export function DraftRulesCard({ project, versionId, found }: DraftRulesCardProps) {
  const { pairs, proposals, wanted, drafting, standIn } = found
  const want = useWantRules(project, versionId)
  const once = useOnce()
  const missing = pairs.filter((pair) => findOutcome(pair, proposals) === null)
  const estimate = useQuery({
    ...rulesEstimateQuery(project, versionId),
    enabled: !standIn && missing.length > 0 && drafting === null,
  })
  const ask = (list: readonly CostlyPair[], fromTemplate: boolean) =>
    once((again) =>
      want.mutate(
        {
          pairs: list.map(({ suggestedId, rightId }) => ({ suggestedId, rightId })),
          fromTemplate,
        },
        { onError: showError, onSettled: again },
      ),
    )
  const problems = missing.flatMap((pair) => {
    const last = wanted.find((one) => isSamePair(one, pair))
    return last?.problem ? [{ pair, sentence: last.problem }] : []
  })
  const next = pairs.find((pair) => wanted.some((one) => one.waiting && isSamePair(one, pair)))
  const isWorking = want.isPending || drafting !== null
  return (
    <Card
      title="The pairs that cost most"
      description="One rule is drafted for each: a sentence for a description or a line of the rules, from the corrections of the pair, their notes and the precedents of settled disagreements."
      action={
        missing.length > 0 || isWorking ? (
          <Button
            variant="primary"
            busy={isWorking}
            disabled={!standIn && estimate.isLoading}
            onClick={() => ask(missing, standIn)}
          >
            {missing.length === pairs.length
              ? 'Draft a rule for each'
              : `Draft ${missing.length === 1 ? '1 more rule' : `${missing.length} more rules`}`}
          </Button>
        ) : null
      }
    >
      <ul className="mb-3 grid gap-1">
        {pairs.map((pair) => (
          <PairItem key={`${pair.suggestedId} ${pair.rightId}`} pair={pair} found={found} />
        ))}
      </ul>
      {drafting ? (
        <div className="mb-3 grid gap-1.5">
          <p role="status" className="text-[13px] text-muted tabular-nums">
            Drafting {Math.min(drafting.done + 1, drafting.of)} of {drafting.of}
            {next ? `: ${next.suggested} → ${next.right}` : ''}. You can leave this page.
          </p>
          <Progress value={drafting.done} max={drafting.of} label="Drafting rules" />
        </div>
      ) : null}
      <div className="grid gap-2">
        {problems.map(({ pair, sentence }) => (
          <Notice
            key={`${pair.suggestedId} ${pair.rightId}`}
            tone="warn"
            title={`No new rule for ${pair.suggested} → ${pair.right}`}
            action={
              standIn ? null : (
                <Button size="sm" busy={isWorking} onClick={() => ask([pair], true)}>
                  From a template
                </Button>
              )
            }
          >
            {sentence} Nothing was changed.
          </Notice>
        ))}
        {standIn ? (
          <p className="text-muted text-xs">
            The local stand-in is no language model and can’t write rules: they are drafted from
            templates, out of precedents and the words that notes have in common. No model is asked,
            and it costs nothing. Read them closely.
          </p>
        ) : (
          <Cost found={found} estimate={estimate.data ?? null} error={estimate.error} />
        )}
      </div>
    </Card>
  )
}

function PairItem({ pair, found }: { pair: CostlyPair; found: ProposalsView }) {
  const outcome = findOutcome(pair, found.proposals)
  const isWaiting = found.wanted.some((one) => one.waiting && isSamePair(one, pair))
  return (
    <li className="flex flex-wrap items-center gap-x-2 text-[13px]">
      <PairName pair={pair} />
      <span className="text-muted tabular-nums">
        {pair.corrections === 1 ? '1 correction' : `${pair.corrections} corrections`}
        {describeCost(pair.cost)}
      </span>
      {outcome ? <Badge tone={outcome === 'accepted' ? 'good' : 'accent'}>{outcome}</Badge> : null}
      {isWaiting ? <Badge>waiting</Badge> : null}
    </li>
  )
}

type CostProps = { found: ProposalsView; estimate: RulesEstimate | null; error: Error | null }

/** What a press of the button would cost, before it is pressed. */
function Cost({ found, estimate, error }: CostProps) {
  return (
    <p className="min-h-8 text-muted text-xs tabular-nums">
      {error ? `What it would cost could not be worked out: ${errorMessage(error)} ` : null}
      {estimate && estimate.calls > 0
        ? `About ${count(estimate.inputTokens)} tokens in and at most ${count(estimate.outputTokens)} out, ${
            estimate.cost === null
              ? 'at a price that is not known (it can be set under Settings → Prices)'
              : `at most ${costWords(estimate.cost, estimate.priced)}`
          }. `
        : null}
      Drafted by {found.modelId}, one call for each pair. What it writes is a draft: nothing joins
      the prompt before a person takes it.
    </p>
  )
}

function describeCost(cost: number | null): string {
  if (cost === null) return ''
  return cost < 0.5 ? ', fewer than 1 in 1,000 cases' : `, about ${count(cost)} in 1,000 cases`
}

export function PairName({ pair }: { pair: Pick<CostlyPair, 'suggested' | 'right'> }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <span className="text-muted">{pair.suggested}</span>
      <ArrowRight className="size-3.5 shrink-0 text-muted" aria-label="should be" />
      <span className="font-medium">{pair.right}</span>
    </span>
  )
}
