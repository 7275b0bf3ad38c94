import { Dialog } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { useSingleKeys } from '@/components/ui/use-single-keys'

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['A', 'Thumbs up: the suggestion is right'],
  ['1 – 9', 'Choose the label; the suggested one is a thumbs up, another a thumbs down'],
  ['D', 'Thumbs down, then the label, or Enter: wrong, unsure which'],
  ['C', 'Close call, then the label, then the second choice or Enter'],
  ['E', 'Right label, wrong reason'],
  ['N', 'Write a note, then answer; what is selected in the case is quoted'],
  ['S', 'Skip: someone else gets the case'],
  ['U', 'Undo the last answer'],
  ['V', 'See what the model said, after a blind answer'],
  ['/', 'Search a category: a few letters, Enter'],
  ['G', 'Definitions of the categories, with examples'],
  ['R', 'Similar finished cases'],
  ['H', 'Highlight words in every case'],
  ['F', 'Unfold everything, or fold it again'],
  ['Esc', 'Cancel what was begun'],
  ['↑ ↓', 'Scroll'],
  ['?', 'This list'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [singleKeys, choose] = useSingleKeys()
  return (
    <Dialog open onOpenChange={onClose} title="Keys">
      <dl className="grid grid-cols-[4.5rem_1fr] gap-y-2">
        {KEYS.map(([keys, meaning]) => (
          <div key={keys} className="col-span-2 grid grid-cols-subgrid">
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        className="mt-5 border-line border-t pt-4"
        label="Single keys answer"
        hint="Switch off if speech input or other tools press keys by accident. Buttons always work."
        checked={singleKeys}
        onChange={(event) => choose(event.target.checked)}
      />
    </Dialog>
  )
}
