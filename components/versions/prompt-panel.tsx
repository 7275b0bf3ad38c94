'use client'
import { memo, useMemo, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Tabs } from '@/components/ui/tabs'
import { diffSections } from '@/lib/versions/difference/rules'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { DifferenceView } from './difference-view'
import { SECTION_TITLES } from './section-titles'

type PromptPanelProps = {
  content: PromptContent
  parent: PromptContent | null
  start: 'prompt' | 'difference'
}

/** Null: there is no parent to differ from. */
function describeChanged(sections: number | null): string {
  if (sections === null) return 'all new'
  return sections === 1 ? '1 section' : `${sections} sections`
}

/** What the model reads before each case, and what is different from the parent. */
export const PromptPanel = memo(function PromptPanel({ content, parent, start }: PromptPanelProps) {
  const [tab, setTab] = useState<'prompt' | 'difference'>(start)
  const sections = useMemo(() => renderSections(content), [content])
  const differences = useMemo(() => diffSections(parent, content), [parent, content])
  const tokens = sections.reduce((sum, section) => sum + section.tokens, 0)
  const changed = differences.filter(({ added, removed }) => added + removed > 0).length
  return (
    <Card className="max-h-[85vh] overflow-y-auto lg:max-h-[calc(100vh-7rem)]">
      <Tabs
        label="Prompt"
        value={tab}
        onChange={setTab}
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
              <section key={section.name} aria-label={`Prompt: ${SECTION_TITLES[section.name]}`}>
                <h3 className="mb-1 flex items-baseline justify-between gap-2 font-medium text-[13px]">
                  {SECTION_TITLES[section.name]}
                  <span className="font-normal text-muted text-xs tabular-nums">
                    {count(section.tokens)} tokens
                  </span>
                </h3>
                <pre className="wrap-anywhere whitespace-pre-wrap rounded-lg border border-line bg-canvas p-3 font-mono text-xs leading-5">
                  {section.text}
                </pre>
              </section>
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
