import { ExternalLink } from 'lucide-react'
import { memo } from 'react'
import { Conversation } from '@/components/ui/conversation'
import type { Claim } from '@/lib/reviews/queue/schema'
import { CaseFacts } from './case-facts'

type CaseViewProps = {
  item: Claim['case']
  place: NonNullable<Claim['suggestion']>['evidencePlace']
  folded: boolean
  words: readonly string[]
  onFoldedChange: (folded: boolean) => void
}

/** Subject, facts, conversation, with the quotation where it stands. */
export const CaseView = memo(function CaseView(props: CaseViewProps) {
  const { item, place, folded, words, onFoldedChange } = props
  return (
    <>
      <h1 className="wrap-anywhere font-semibold text-[22px] leading-snug tracking-tight">
        {item.subject}
      </h1>
      <div className="mt-1.5 mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-muted">
        <CaseFacts item={item} />
        {isWebAddress(item.link) ? (
          <a href={item.link} target="_blank" rel="noreferrer noopener" className="link">
            Open original <ExternalLink className="mb-0.5 inline size-3.5" aria-hidden />
          </a>
        ) : null}
      </div>
      <Conversation
        messages={item.messages}
        highlights={place ? [place] : NO_HIGHLIGHTS}
        foldMiddle
        folded={folded}
        onFoldedChange={onFoldedChange}
        foldKey="F"
        words={words}
      />
    </>
  )
})

const NO_HIGHLIGHTS: [] = []

/** Links come from files that anyone wrote: nothing but the web is followed. */
function isWebAddress(link: string | null): link is string {
  return link !== null && /^https?:\/\//i.test(link)
}
