'use client'
import { ArrowRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { useDraftProposal } from '@/lib/versions/proposals/queries'
import type { CostlyPair, ProposalsView } from '@/lib/versions/proposals/schema'

type DraftRulesCardProps = { project: string; versionId: string; found: ProposalsView }
type Problem = { pair: CostlyPair; sentence: string }
type Work = { at: number; of: number; pair: CostlyPair }

const keyOf = ({ suggestedId, rightId }: Pick<CostlyPair, 'suggestedId' | 'rightId'>) =>
  `${suggestedId} ${rightId}`

/** Has one rule drafted for each pair that has no open proposal, one after the other. */
export function DraftRulesCard({ project, versionId, found }: DraftRulesCardProps) {
  const { pairs, proposals, standIn, modelId } = found
  const draft = useDraftProposal(project, versionId)
  const [work, setWork] = useState<Work | null>(null)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  const stateOf = (pair: CostlyPair) => {
    const own = proposals.filter((one) => keyOf(one) === keyOf(pair))
    if (own.some(({ status }) => status === 'open')) return 'proposed'
    return own.some(({ status }) => status === 'accepted') ? 'accepted' : null
  }
  const wanted = pairs.filter((pair) => stateOf(pair) === null)

  async function draftAll(list: readonly CostlyPair[], fromTemplate: boolean) {
    setProblems((former) => former.filter(({ pair }) => !list.includes(pair)))
    for (const [index, pair] of list.entries()) {
      // Whoever leaves the page keeps what is there, and the rest is not begun.
      if (left.current) return
      setWork({ at: index, of: list.length, pair })
      const sentence = await draft.mutateAsync({ pair, fromTemplate }).then(
        ({ problem }) => problem,
        (error: unknown) => errorMessage(error),
      )
      if (sentence) setProblems((former) => [...former, { pair, sentence }])
    }
    setWork(null)
  }

  return (
    <Card
      title="The pairs that cost most"
      description="One rule is drafted for each: a sentence for a description or a line of the rules, from the corrections of the pair, their notes and the precedents of settled disagreements."
      action={
        wanted.length > 0 || work ? (
          <Button
            variant="primary"
            busy={work !== null}
            onClick={() => void draftAll(wanted, standIn)}
          >
            {wanted.length === pairs.length
              ? 'Draft a rule for each'
              : `Draft ${wanted.length === 1 ? '1 more rule' : `${wanted.length} more rules`}`}
          </Button>
        ) : null
      }
    >
      <ul className="mb-3 grid gap-1">
        {pairs.map((pair) => (
          <li key={keyOf(pair)} className="flex flex-wrap items-center gap-x-2 text-[13px]">
            <PairName pair={pair} />
            <span className="text-muted tabular-nums">
              {pair.corrections === 1 ? '1 correction' : `${pair.corrections} corrections`}
              {describeCost(pair.cost)}
            </span>
            {stateOf(pair) ? (
              <Badge tone={stateOf(pair) === 'accepted' ? 'good' : 'accent'}>{stateOf(pair)}</Badge>
            ) : null}
          </li>
        ))}
      </ul>
      {work ? (
        <div className="mb-3 grid gap-1.5">
          <p role="status" className="text-[13px] text-muted">
            Drafting {work.at + 1} of {work.of}: {work.pair.suggested} → {work.pair.right}
          </p>
          <Progress value={work.at} max={work.of} label="Drafting rules" />
        </div>
      ) : null}
      <div className="grid gap-2">
        {problems.map(({ pair, sentence }) => (
          <Notice
            key={keyOf(pair)}
            tone="warn"
            title={`No new rule for ${pair.suggested} → ${pair.right}`}
            action={
              standIn ? null : (
                <Button size="sm" busy={work !== null} onClick={() => void draftAll([pair], true)}>
                  From a template
                </Button>
              )
            }
          >
            {sentence} Nothing was changed.
          </Notice>
        ))}
        <p className="text-muted text-xs">
          {standIn
            ? 'The local stand-in is no language model and can’t write rules: they are drafted from templates, out of precedents and the words that notes have in common. Read them closely.'
            : `Drafted by ${modelId}, one call for each pair. What it writes is a draft: nothing joins the prompt before a person takes it.`}
        </p>
      </div>
    </Card>
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
