'use client'
import { memo } from 'react'
import { Card } from '@/components/ui/card'
import type { DraftKeeper } from './draft-keeper'
import { LongText } from './long-text'

type PersonaCardProps = { persona: string; rules: string; keeper: DraftKeeper }

export const PersonaCard = memo(function PersonaCard({ persona, rules, keeper }: PersonaCardProps) {
  return (
    <Card title="Persona and rules">
      <div className="grid gap-4">
        <div data-part="the persona">
          <LongText
            label="Persona"
            hint="Who the model is to be."
            what="persona"
            value={persona}
            onChange={(text) => keeper.perform({ do: 'set', fields: { persona: text } })}
          />
        </div>
        <div data-part="the rules">
          <LongText
            label="Rules"
            hint="How to decide, for every case."
            what="rules"
            value={rules}
            onChange={(text) => keeper.perform({ do: 'set', fields: { rules: text } })}
          />
        </div>
      </div>
    </Card>
  )
})
