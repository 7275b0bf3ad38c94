import { GraduationCap } from 'lucide-react'
import { Progress } from '@/components/ui/progress'

/** Shares are of the last `wanted` answers, `pass` in per cent; `wait`: nothing is left to be asked. */
type TrainingBannerProps = {
  training: { answered: number; right: number; wanted: number; pass: number; wait: boolean }
}

/** Stays where it is through all of a newcomer's check cases, so that no case moves below it. */
export function TrainingBanner({ training }: TrainingBannerProps) {
  const { answered, wanted, wait } = training
  return (
    <div
      role="status"
      className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-accent-soft px-4 py-2 text-[13px] sm:px-6"
    >
      <GraduationCap className="size-4 shrink-0 text-accent" aria-hidden />
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold">Practice</strong> {wait ? WAIT : wordsFor(training)}
      </p>
      <Progress
        className="max-w-40"
        label="Check cases answered"
        value={Math.min(answered, wanted)}
        max={wanted}
      />
    </div>
  )
}

const WAIT =
  'You have answered every check case there is. A manager can let you in: real cases appear here by themselves then.'

function wordsFor({ answered, right, wanted, pass }: TrainingBannerProps['training']): string {
  const needed = Math.ceil((wanted * pass) / 100)
  const many = needed === wanted ? `the last ${wanted}` : `${needed} of the last ${wanted}`
  const goal = `Real cases come once ${many} ${needed === 1 ? 'is' : 'are'} right.`
  if (answered === 0) {
    return `The answer to these cases is known, and you are told it after yours. ${goal}`
  }
  return answered < wanted
    ? `${answered} of ${wanted} answered, ${right} right. ${goal}`
    : `${right} of your last ${wanted} right. ${goal}`
}
