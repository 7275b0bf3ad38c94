import { memo } from 'react'
import { StandIn } from '@/components/ui/stand-in'

const Mark = memo(StandIn)

/** A blind review: nothing of the model's is in view. */
export const BlindHeading = ({ hidden }: { hidden: boolean }) => (
  <div hidden={hidden}>
    <p className="text-muted text-xs">Blind review</p>
    <h2 className="font-semibold text-lg leading-tight tracking-tight lg:mt-1 lg:text-xl">
      Say what you think
    </h2>
  </div>
)

type SuggestionHeadingProps = {
  name: string
  versionNumber: number | null
  standIn: boolean
  hidden: boolean
}

export const SuggestionHeading = memo(function SuggestionHeading(props: SuggestionHeadingProps) {
  const { name, versionNumber, standIn, hidden } = props
  return (
    <div className="min-w-0" hidden={hidden}>
      <div className="flex items-center gap-2 text-muted text-xs">
        <span>Suggestion{versionNumber === null ? '' : ` · prompt v${versionNumber}`}</span>
        <span hidden={!standIn}>
          <Mark />
        </span>
      </div>
      <h2 className="wrap-anywhere font-semibold text-lg leading-tight tracking-tight lg:mt-1 lg:text-xl">
        {name}
      </h2>
    </div>
  )
})
