import { KeyListDialog } from '@/components/ui/key-list-dialog'

const KEYS = [
  ['J', 'The next one'],
  ['K', 'The one before'],
  ['P', 'Promote: make an example of it'],
  ['X', 'Dismiss, with a reason'],
  ['L', 'Later'],
  ['U', 'Undo the last decision'],
  ['?', 'This list'],
] as const

export const CorrectionKeys = ({ onClose }: { onClose: () => void }) => (
  <KeyListDialog keys={KEYS} switchLabel="Single keys act on the marked one" onClose={onClose} />
)
