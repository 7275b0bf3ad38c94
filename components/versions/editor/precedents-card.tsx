'use client'
import { useQuery } from '@tanstack/react-query'
import { memo, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { precedentsQuery } from '@/lib/reviews/disagreements/queries'
import type { Precedent } from '@/lib/reviews/disagreements/schema'
import { addRule, hasRule, removeRule } from '@/lib/versions/precedents/rules'
import type { DraftKeeper } from './draft-keeper'

const SHOWN_FIRST = 5

type PrecedentsCardProps = {
  project: string
  rules: string
  keeper: DraftKeeper
}

/** How people settled disagreements, offered as rules. */
export const PrecedentsCard = memo(function PrecedentsCard(props: PrecedentsCardProps) {
  const query = useQuery(precedentsQuery(props.project))
  return (
    <Card
      title="Precedents"
      description="Sentences that people wrote when they settled a disagreement. One that holds for more than its case makes a good rule."
    >
      <Loaded query={query}>
        {(precedents) =>
          precedents.length === 0 ? (
            <p className="text-[13px] text-muted">
              None yet. They come from settling disagreements.
            </p>
          ) : (
            <List {...props} precedents={precedents} />
          )
        }
      </Loaded>
    </Card>
  )
})

function List({ rules, keeper, precedents }: PrecedentsCardProps & { precedents: Precedent[] }) {
  const [all, setAll] = useState(false)
  // The toast outlives what was drawn with it: it takes the line out of what the rules are by then.
  const latest = useRef(rules)
  useEffect(() => {
    latest.current = rules
  }, [rules])

  const change = (text: string) => keeper.perform({ do: 'set', fields: { rules: text } })

  function add(sentence: string) {
    change(addRule(latest.current, sentence))
    toast.success('Added to the rules', {
      action: {
        label: 'Undo',
        onClick: () => change(removeRule(latest.current, sentence)),
      },
    })
  }

  const shown = all ? precedents : precedents.slice(0, SHOWN_FIRST)
  return (
    <>
      <ul className="grid gap-3">
        {shown.map(({ caseId, sentence, label, others, by }) => (
          <li key={caseId} className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
            <div className="min-w-0 flex-1 basis-60">
              <p className="wrap-anywhere">{sentence}</p>
              <p className="text-[13px] text-muted">
                {label}
                {others.length > 0 ? `, not ${others.join(' or ')}` : ''} · {by}
              </p>
            </div>
            {hasRule(rules, sentence) ? (
              <Badge tone="good">in the rules</Badge>
            ) : (
              <Button
                size="sm"
                aria-label={`Add to rules: ${sentence}`}
                onClick={() => add(sentence)}
              >
                Add to rules
              </Button>
            )}
          </li>
        ))}
      </ul>
      {precedents.length > shown.length ? (
        <Button size="sm" variant="ghost" className="mt-3" onClick={() => setAll(true)}>
          Show all {count(precedents.length)}
        </Button>
      ) : null}
    </>
  )
}
