import { Dialog } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { useSingleKeys } from '@/components/ui/use-single-keys'

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['1 – 9', 'Decide on the label, then say why in a sentence'],
  ['/', 'Search a category'],
  ['Enter', 'Settle; the next case appears'],
  ['Esc', 'Choose another label'],
  ['J', 'Next case'],
  ['K', 'Previous case'],
  ['?', 'This list'],
]

export function SettleKeysDialog({ onClose }: { onClose: () => void }) {
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
        label="Single keys act"
        hint="Switch off if speech input or other tools press keys by accident. Buttons always work."
        checked={singleKeys}
        onChange={(event) => choose(event.target.checked)}
      />
    </Dialog>
  )
}
