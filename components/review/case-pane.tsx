import { ExternalLink } from 'lucide-react'
import { memo, type Ref } from 'react'
import { Conversation } from '@/components/ui/conversation'
import type { Claim } from '@/lib/reviews/queue/schema'
import { CaseFacts } from './case-facts'

type CasePaneProps = {
  item: Claim['case']
  place: NonNullable<Claim['suggestion']>['evidencePlace']
  folded: boolean
  onFoldedChange: (folded: boolean) => void
  ref: Ref<HTMLElement>
}

/** The case's text is the hero: subject, facts, conversation, with the quotation where it stands. */
export const CasePane = memo(function CasePane(props: CasePaneProps) {
  const { item, place, folded, onFoldedChange, ref } = props
  return (
    <section
      ref={ref}
      aria-label="Case"
      tabIndex={-1}
      data-case={item.externalId}
      className="min-w-0 px-4 pt-6 pb-10 outline-none sm:px-8 lg:pt-8 max-sm:[&_kbd]:hidden"
    >
      <div className="mx-auto max-w-[46rem]">
        <h1 className="font-semibold text-[22px] leading-snug tracking-tight">{item.subject}</h1>
        <div className="mt-1.5 mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-muted">
          <CaseFacts item={item} />
          {isWebAddress(item.link) ? (
            <a href={item.link} target="_blank" rel="noreferrer noopener" className="link">
              Open original <ExternalLink className="mb-0.5 inline size-3.5" aria-hidden />
            </a>
          ) : null}
        </div>
        <Conversation
          key={item.id}
          messages={item.messages}
          highlights={place ? [place] : NO_HIGHLIGHTS}
          foldMiddle
          folded={folded}
          onFoldedChange={onFoldedChange}
          foldKey="F"
        />
      </div>
    </section>
  )
})

const NO_HIGHLIGHTS: [] = []

/** Links come from files that anyone wrote: nothing but the web is followed. */
function isWebAddress(link: string | null): link is string {
  return link !== null && /^https?:\/\//i.test(link)
}
