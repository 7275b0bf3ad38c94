'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { Loaded } from '@/components/ui/loaded'
import type { CorrectionView } from '@/lib/versions/corrections/schema'
import { versionQuery } from '@/lib/versions/queries'
import { toPromptContent } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { PromptPanel } from '../../prompt-panel'

type Proposal = {
  correction: CorrectionView
  kind: 'good' | 'bad'
  text: string
  explanation: string
}

type PromotionPreviewProps = Proposal & { project: string; versionId: string }

/** The draft as it would read with the example in it, and what is then different from its parent. */
export function PromotionPreview({ project, versionId, ...proposal }: PromotionPreviewProps) {
  const version = useQuery(versionQuery(project, versionId))
  return <Loaded query={version}>{(data) => <Preview version={data} proposal={proposal} />}</Loaded>
}

function Preview({ version, proposal }: { version: VersionView; proposal: Proposal }) {
  const { correction, kind } = proposal
  const text = useDeferredValue(proposal.text)
  const explanation = useDeferredValue(proposal.explanation)
  const content = useMemo(() => {
    const { caseId, externalId, subject, reviewId, rightId, suggestedId } = correction
    const example = {
      id: reviewId,
      kind,
      caseId,
      externalId,
      subject,
      reviewId,
      text,
      labelId: rightId ?? '',
      wrongLabelId: kind === 'bad' && suggestedId !== rightId ? suggestedId : null,
      explanation,
      enabled: true,
      position: Number.MAX_SAFE_INTEGER,
      flagged: false,
    }
    return toPromptContent({ ...version, examples: [...version.examples, example] })
  }, [version, correction, kind, text, explanation])
  return <PromptPanel content={content} parent={version.parentContent} start="difference" />
}
