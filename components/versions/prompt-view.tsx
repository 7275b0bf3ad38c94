'use client'
import { memo, useMemo, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Tabs } from '@/components/ui/tabs'
import { rememberDifferences } from '@/lib/versions/difference/rules'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { DifferenceView } from './difference-view'
import { PromptSection } from './prompt-section'

export type PromptTab = 'prompt' | 'difference'

type PromptViewProps = {
  content: PromptContent
  parent: PromptContent | null
  tab: PromptTab
  onTab: (tab: PromptTab) => void
}

/** Null: there is no parent to differ from. */
function describeChanged(sections: number | null): string {
  if (sections === null) return 'all new'
  return sections === 1 ? '1 section' : `${sections} sections`
}

export const PromptView = memo(function PromptView({
  content,
  parent,
  tab,
  onTab,
}: PromptViewProps) {
  const [diffSections] = useState(rememberDifferences)
  const sections = useMemo(() => renderSections(content), [content])
  const differences = useMemo(() => diffSections(parent, content), [diffSections, parent, content])
  const tokens = sections.reduce((sum, section) => sum + section.tokens, 0)
  const changed = differences.filter(({ added, removed }) => added + removed > 0).length
  return (
    <Card className="max-h-[85vh] overflow-y-auto lg:max-h-[calc(100vh-8rem)]">
      <Tabs
        label="Prompt"
        value={tab}
        onChange={onTab}
        tabs={[
          {
            value: 'prompt',
            label: (
              <>
                Prompt <Badge>{count(tokens)} tokens</Badge>
              </>
            ),
          },
          {
            value: 'difference',
            label: (
              <>
                Difference <Badge>{describeChanged(parent ? changed : null)}</Badge>
              </>
            ),
          },
        ]}
      >
        {tab === 'prompt' ? (
          <div className="grid grid-cols-1 gap-4">
            {sections.map((section) => (
              <PromptSection key={section.name} {...section} />
            ))}
            <p className="text-muted text-xs">
              The case itself comes last. Tokens are counted by a rule: one for every four
              characters.
            </p>
          </div>
        ) : (
          <DifferenceView sections={differences} />
        )}
      </Tabs>
    </Card>
  )
})
