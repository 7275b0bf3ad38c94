import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ExampleView } from '@/lib/versions/schema'

type TheirExampleProps = { example: ExampleView | null; onTake: () => void }

/** Someone else's state of the example that one has open, to be looked at before one decides. */
export function TheirExample({ example, onTake }: TheirExampleProps) {
  return (
    <Notice
      tone="warn"
      title={
        example
          ? 'Someone else changed this example meanwhile. What you wrote is still here.'
          : 'Someone else removed this example meanwhile. Saving puts it back as you have it.'
      }
      action={
        <Button size="sm" onClick={onTake}>
          {example ? 'Take theirs' : 'Leave it removed'}
        </Button>
      }
    >
      {example ? (
        <div className="mt-1 max-h-48 overflow-y-auto whitespace-pre-wrap break-words rounded-md bg-surface p-2">
          {example.text}
          {example.explanation ? `\n\n${example.explanation}` : ''}
        </div>
      ) : null}
    </Notice>
  )
}
