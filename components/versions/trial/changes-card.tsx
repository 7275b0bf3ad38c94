'use client'
import { useMemo } from 'react'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Scroller } from '@/components/ui/scroller'
import { diffSections } from '@/lib/versions/difference/rules'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { toPromptContent } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { DifferenceView } from '../difference-view'

/** Scrolls inside itself: thirty new examples must not push what was measured out of sight. */
export function ChangesCard({ version }: { version: VersionView }) {
  const { sections, tokens } = useMemo(() => {
    const content = toPromptContent(version)
    const before = version.parentContent
    return {
      sections: diffSections(before, content),
      tokens: countTokens(content) - (before ? countTokens(before) : 0),
    }
  }, [version])
  return (
    <Card
      title={
        <>
          What changed in the prompt{' '}
          <span className="font-normal text-[13px] text-muted">
            {tokens < 0 ? '−' : '+'}
            {count(Math.abs(tokens))} tokens
          </span>
        </>
      }
    >
      <Scroller label="What changed in the prompt" className="max-h-[32rem] overflow-y-auto">
        <DifferenceView sections={sections} />
      </Scroller>
    </Card>
  )
}

const countTokens = (content: PromptContent) =>
  renderSections(content).reduce((sum, section) => sum + section.tokens, 0)
