import { memo } from 'react'
import { StandIn } from '@/components/ui/stand-in'

/** A blind review: nothing of the model's is in view. */
export const BlindHeading = () => (
  <div>
    <p className="text-muted text-xs">Blind review</p>
    <h2 className="font-semibold text-lg leading-tight tracking-tight lg:mt-1 lg:text-xl">
      Say what you think
    </h2>
  </div>
)

type SuggestionHeadingProps = {
  /** Undefined: the model gave no valid label. */
  name: string | undefined
  versionNumber: number | null
  standIn: boolean
}

export const SuggestionHeading = memo(function SuggestionHeading(props: SuggestionHeadingProps) {
  const { name = 'No valid label', versionNumber, standIn } = props
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2 text-muted text-xs">
        <span>Suggestion{versionNumber === null ? '' : ` · prompt v${versionNumber}`}</span>
        {standIn ? <StandIn /> : null}
      </div>
      <h2 className="wrap-anywhere font-semibold text-lg leading-tight tracking-tight lg:mt-1 lg:text-xl">
        {name}
      </h2>
    </div>
  )
})
