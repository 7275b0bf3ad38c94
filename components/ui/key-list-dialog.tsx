import { Dialog } from './dialog'
import { Checkbox } from './field'
import { Kbd } from './kbd'
import { useSingleKeys } from './use-single-keys'

type KeyListDialogProps = {
  keys: readonly (readonly [keys: string, meaning: string])[]
  /** What single keys do on this page, beside the switch for them. */
  switchLabel: string
  onClose: () => void
}

/** All keys of a page, and the switch for single ones (WCAG 2.1.4). */
export function KeyListDialog({ keys, switchLabel, onClose }: KeyListDialogProps) {
  const [singleKeys, choose] = useSingleKeys()
  return (
    <Dialog open onOpenChange={onClose} title="Keys">
      <dl className="grid grid-cols-[4.5rem_1fr] gap-y-2">
        {keys.map(([key, meaning]) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        className="mt-5 border-line border-t pt-4"
        label={switchLabel}
        hint="Switch off if speech input or other tools press keys by accident. Buttons always work."
        checked={singleKeys}
        onChange={(event) => choose(event.target.checked)}
      />
    </Dialog>
  )
}
