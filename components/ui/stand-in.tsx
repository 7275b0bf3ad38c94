import { Badge } from './badge'
import { Tooltip } from './tooltip'

const MEANING = 'Local stand-in, not a language model'

/** Stands beside every figure that comes from the local stand-in. */
export function StandIn() {
  return (
    <Tooltip content={MEANING}>
      <Badge tone="warn" tabIndex={0}>
        stand-in<span className="sr-only">: {MEANING}</span>
      </Badge>
    </Tooltip>
  )
}
