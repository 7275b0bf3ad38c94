import { KeyListDialog } from '@/components/ui/key-list-dialog'

const KEYS = [
  ['1 – 9', 'Decide on the label, then say why in a sentence'],
  ['/', 'Search a category'],
  ['Enter', 'Settle; the next case appears'],
  ['Esc', 'Choose another label'],
  ['J', 'Next case'],
  ['K', 'Previous case'],
  ['?', 'This list'],
] as const

export const SettleKeysDialog = ({ onClose }: { onClose: () => void }) => (
  <KeyListDialog keys={KEYS} switchLabel="Single keys act" onClose={onClose} />
)
