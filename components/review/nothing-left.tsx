import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { count } from '@/components/ui/figures'
import type { Role } from '@/lib/platform/access'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'

type NothingLeftProps = { project: string; role: Role; progress: ReviewProgress | undefined }

/** No case to show, why that is, and what to do next. */
export function NothingLeft({ project, role, progress }: NothingLeftProps) {
  const { left, withoutSuggestion, done } = progress ?? { left: 0, withoutSuggestion: 0, done: 0 }
  const base = `/projects/${project}`
  const engineer = role !== 'reviewer'
  if (left > 0) {
    return (
      <Empty title="Others are at work on the last cases">
        {count(left)} {left === 1 ? 'case is' : 'cases are'} in other hands right now. What is given
        back appears here by itself.
      </Empty>
    )
  }
  if (withoutSuggestion > 0) {
    const cases =
      withoutSuggestion === 1 ? '1 case waits' : `${count(withoutSuggestion)} cases wait`
    return (
      <Empty
        title={`${cases} for suggestions`}
        action={
          engineer ? (
            <Button asChild variant="primary">
              <Link href={`${base}/runs/new`}>Label them with a run</Link>
            </Button>
          ) : (
            <MyAnswers base={base} />
          )
        }
      >
        {engineer
          ? 'The released version has not labelled them yet. Once a run has, they appear here.'
          : 'They appear here by themselves once a prompt engineer has had them labelled.'}
      </Empty>
    )
  }
  if (done > 0) {
    return (
      <Empty title="All done. Well done!" action={<MyAnswers base={base} />}>
        Every case is reviewed. New ones appear here by themselves.
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

const MyAnswers = ({ base }: { base: string }) => (
  <Button asChild>
    <Link href={`${base}/answers`}>My answers</Link>
  </Button>
)
