import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ConfusionPair } from '@/lib/versions/corrections/schema'

type ListEndProps = {
  isEmpty: boolean
  isDone: boolean
  next: ConfusionPair | null
  nextName: string
  onNext: (pair: ConfusionPair) => void
}

/** Says that nothing is left to decide here, and where there is. */
export function ListEnd({ isEmpty, isDone, next, nextName, onNext }: ListEndProps) {
  if (!isDone && !isEmpty) return null
  return (
    <Notice
      tone={next || isEmpty ? 'neutral' : 'good'}
      title={isEmpty ? 'Nothing of this pair fits the filters.' : 'Nothing is left to decide here.'}
      action={
        next ? (
          <Button size="sm" data-end onClick={() => onNext(next)}>
            Go on with {nextName}
          </Button>
        ) : null
      }
    >
      {next || isEmpty ? null : 'Nor in any other pair of this kind.'}
    </Notice>
  )
}
