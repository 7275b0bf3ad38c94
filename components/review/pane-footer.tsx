import { memo } from 'react'
import { Button } from '@/components/ui/button'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent, Panel } from '@/lib/reviews/keys/schema'
import type { Session } from '@/lib/reviews/session/schema'
import { Disclosure as DisclosureNow } from './disclosure'
import { FormerAnswer } from './former-answer'
import { LastAnswer } from './last-answer'
import type { Revealed } from './use-reveal'

/** The same for every case: a key does not draw it again. */
const Disclosure = memo(DisclosureNow)

type PaneFooterProps = {
  project: string
  session: Session
  categories: readonly Definition[]
  revealed: Revealed
  act: (intent: Intent) => void
}

/** The last answer, and what is looked up now and then: follows the case by a frame. */
export const PaneFooter = memo(function PaneFooter(props: PaneFooterProps) {
  const { project, session, categories, revealed, act } = props
  const { queue, past } = session
  return (
    <div className="mt-auto grid gap-1 border-line lg:border-t lg:pt-3">
      <FormerAnswer session={session} categories={categories} />
      <div className={past.length > 0 ? '' : ONLY_OPEN}>
        <LastAnswer last={past.at(-1)} {...{ categories, revealed, act }} />
      </div>
      <LookUps blind={!queue[0]?.suggestion} act={act} />
      <div className={ONLY_OPEN}>
        <Disclosure project={project} />
      </div>
    </div>
  )
})

/** In view on a screen, and in the sheet of a phone once it is open. */
const ONLY_OPEN = 'max-lg:group-data-[open=false]:hidden'

type LookUpsProps = { blind: boolean; act: (intent: Intent) => void }

const LookUps = memo(function LookUps({ blind, act }: LookUpsProps) {
  const open = (panel: Panel) => () => act({ means: 'open', panel })
  return (
    <div className={`-mx-2 flex flex-wrap *:px-2 ${ONLY_OPEN}`}>
      <Button size="sm" variant="ghost" kbd="G" onClick={open('definitions')}>
        Definitions
      </Button>
      <Button size="sm" variant="ghost" kbd="R" hidden={blind} onClick={open('similar')}>
        Similar
      </Button>
      <Button size="sm" variant="ghost" kbd="H" onClick={open('highlight')}>
        Highlight
      </Button>
      <Button size="sm" variant="ghost" kbd="?" className="max-lg:hidden" onClick={open('keys')}>
        Keys
      </Button>
    </div>
  )
})
