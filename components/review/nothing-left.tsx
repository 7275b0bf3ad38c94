import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { count } from '@/components/ui/figures'
import type { Role } from '@/lib/platform/access'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import type { CurrentHandout } from '@/lib/reviews/session/schema'
import { wordsForGiven } from './given-work'

type NothingLeftProps = {
  project: string
  role: Role
  progress: ReviewProgress | undefined
  handout: CurrentHandout | null
}

/** No case to show, why that is, and what to do next. */
export function NothingLeft({ project, role, progress, handout }: NothingLeftProps) {
  const { left = 0, withoutSuggestion = 0, done = 0, released = false } = progress ?? {}
  const base = `/projects/${project}`
  const engineer = role !== 'reviewer'
  if (left > 0) {
    return (
      <Empty title="Nothing left for you right now" action={<MyAnswers base={base} />}>
        {left === 1 ? '1 review is' : `${count(left)} reviews are`} still wanted: of cases that
        others have in hand, or that want someone who has not reviewed them yet. What is given back
        appears here by itself.
        {handout && handout.done < handout.cases ? (
          <span className="mt-1 block">{wordsForGiven(handout, new Date())}.</span>
        ) : null}
      </Empty>
    )
  }
  if (withoutSuggestion > 0) {
    const cases =
      withoutSuggestion === 1 ? '1 review waits' : `${count(withoutSuggestion)} reviews wait`
    return (
      <Empty
        title={`${cases} for suggestions`}
        action={engineer ? <MakeSuggestions {...{ base, released }} /> : <MyAnswers base={base} />}
      >
        {engineer && released ? 'The released version has yet to label what is left.' : null}
        {engineer && !released ? 'No version is released that could label what is left.' : null}
        {engineer ? null : 'A prompt engineer has to have these cases labelled first.'} They appear
        here by themselves then.
      </Empty>
    )
  }
  if (done > 0) {
    return (
      <Empty title="All done. Well done!" action={<MyAnswers base={base} />}>
        Every review that was wanted is done. New cases appear here by themselves.
      </Empty>
    )
  }
  return (
    <Empty
      title="No cases yet"
      action={
        engineer ? (
          <Button asChild variant="primary">
            <Link href={`${base}/cases`}>Go to cases</Link>
          </Button>
        ) : null
      }
    >
      Cases appear here once they are imported and have their place.
    </Empty>
  )
}

const MakeSuggestions = ({ base, released }: { base: string; released: boolean }) => (
  <Button asChild variant="primary">
    {released ? (
      <Link href={`${base}/runs/new`}>Start a run</Link>
    ) : (
      <Link href={`${base}/versions`}>Release a version</Link>
    )}
  </Button>
)

const MyAnswers = ({ base }: { base: string }) => (
  <Button asChild>
    <Link href={`${base}/answers`}>My answers</Link>
  </Button>
)
