/** What is in view while a person decides. */
export type View = {
  /** Null: a blind review, there is nothing to agree with. */
  suggestion: { labelId: string | null } | null
  /** In the order of their number keys. */
  categoryIds: readonly string[]
}

/** How far a person has come in saying one thing. */
export type Step =
  | { readonly at: 'idle' }
  /** Wrong: the right label comes next, or Enter. */
  | { readonly at: 'thumbs_down' }
  /** A close call: its label comes next. */
  | { readonly at: 'close_call' }
  /** The second choice comes next, or Enter. */
  | { readonly at: 'second_choice'; readonly labelId: string }

export type Panel = 'note' | 'skip' | 'search' | 'highlight' | 'definitions' | 'similar' | 'keys'

/** What a person means by a key or a button. */
export type Intent =
  | { readonly means: 'thumbs_up' | 'thumbs_down' | 'close_call' | 'wrong_reason' }
  | { readonly means: 'label'; readonly labelId: string }
  /** Enter: no label, or no second choice. */
  | { readonly means: 'enough' }
  | { readonly means: 'cancel' | 'undo' | 'fold' }
  /** What the model said, after a blind answer. */
  | { readonly means: 'reveal' }
  | { readonly means: 'open'; readonly panel: Panel }

/** What is said of the case. */
export type Said = {
  /** Null: wrong, unsure which. */
  labelId: string | null
  closeCall: boolean
  secondLabelId: string | null
  wrongReason: boolean
}

export type Outcome = {
  step: Step
  /** The case is answered. */
  said?: Said
  open?: Panel
  undo?: true
  fold?: true
  reveal?: true
  /** Why nothing happened, in a sentence. */
  hint?: string
}

/** A keydown as far as it matters. */
export type Key = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  /** Held down. */
  repeat: boolean
  /** The focus is in a field that takes text. */
  typing: boolean
  /** The focus is on a button or a link, which takes Enter for itself. */
  onControl: boolean
  /** A dialog is open. */
  dialog: boolean
}
