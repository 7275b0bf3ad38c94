import { useQuery } from '@tanstack/react-query'
import { checkShareQuery } from '@/lib/reviews/checks/share/queries'

/** Reviewers know that there are check cases, and how many, but never which. Keeps its line while it loads. */
export function Disclosure({ project }: { project: string }) {
  const { data } = useQuery(checkShareQuery(project))
  const { share = 0, feedback = false } = data ?? {}
  return (
    <p className="min-h-5 text-[13px] text-muted">
      {share > 0
        ? `About ${share} of 100 cases are check cases with a known answer${feedback ? ', which you are told after yours' : ''}.`
        : ''}
    </p>
  )
}
