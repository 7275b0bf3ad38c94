import { KeyListDialog } from '@/components/ui/key-list-dialog'

const KEYS = [
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
] as const

export const KeysDialog = ({ onClose }: { onClose: () => void }) => (
  <KeyListDialog keys={KEYS} switchLabel="Single keys answer" onClose={onClose} />
)
