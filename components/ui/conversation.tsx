'use client'
import { useState } from 'react'
import { Button } from './button'
import { ConversationMessage, type ShownMessage } from './conversation-message'
import { findMiddle, type TextRange } from './conversation-text'

export type Highlight = TextRange & { messageIndex: number }

type ConversationProps = {
  messages: readonly ShownMessage[]
  highlights?: readonly Highlight[]
  /** Keeps the first request and the last answer in view and folds what lies between. */
  foldMiddle?: boolean
  /** Controls the fold from outside, for a key; without it the conversation keeps it itself. */
  folded?: boolean
  onFoldedChange?: (folded: boolean) => void
  /** Key that folds and unfolds the middle, or else long messages; shown on their buttons. */
  foldKey?: string
}

/** Messages as text, nothing of them as markup, in a measure that can be read. */
export function Conversation({
  messages,
  highlights = [],
  foldMiddle = false,
  folded: foldedOutside,
  onFoldedChange,
  foldKey,
}: ConversationProps) {
  const [foldedInside, setFoldedInside] = useState(true)
  const folded = foldedOutside ?? foldedInside
  const middle = foldMiddle ? findMiddle(messages) : null
  // Without a middle, the fold is that of the long messages.
  const allWhole = middle === null && !folded
  const toggle = () => {
    setFoldedInside(!folded)
    onFoldedChange?.(!folded)
  }
  const lastAnswer = messages.findLastIndex((message) => message.role === 'agent')
  const firstRequest = messages.findIndex((message) => message.role === 'customer')
  const isFolded = (index: number) =>
    folded && middle !== null && index >= middle.start && index < middle.end

  return (
    <ol className="grid min-w-0 max-w-[46rem] gap-3">
      {messages.map((message, index) => {
        const isEdge = middle?.start === index
        const note = noteOf(index, firstRequest, lastAnswer, messages.length)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages of a case never move
          <li key={index} className={isFolded(index) && !isEdge ? 'hidden' : 'min-w-0'}>
            {isEdge && middle ? (
              <FoldButton
                count={middle.end - middle.start}
                marked={highlights.some((range) => isFolded(range.messageIndex))}
                folded={folded}
                foldKey={foldKey}
                onClick={toggle}
              />
            ) : null}
            {isFolded(index) ? null : (
              <ConversationMessage
                // The key folds and unfolds all of a short case, whatever was opened by hand.
                key={String(allWhole)}
                whole={allWhole}
                wholeKey={middle ? undefined : foldKey}
                message={message}
                note={note}
                strong={index === lastAnswer}
                highlights={highlights.filter((range) => range.messageIndex === index)}
              />
            )}
          </li>
        )
      })}
    </ol>
  )
}

function noteOf(index: number, first: number, last: number, length: number): string | null {
  if (length < 2) return null
  if (index === first) return 'first request'
  return index === last ? 'last answer' : null
}

type FoldButtonProps = {
  count: number
  marked: boolean
  folded: boolean
  foldKey: string | undefined
  onClick: () => void
}

function FoldButton({ count, marked, folded, foldKey, onClick }: FoldButtonProps) {
  return (
    <Button
      size="sm"
      kbd={foldKey}
      aria-expanded={!folded}
      onClick={onClick}
      className={`border-dashed bg-transparent text-muted ${folded ? '' : 'mb-3'}`}
    >
      {folded ? `${count} messages between` : `Fold ${count} messages`}
      {folded && marked ? <mark>quoted here</mark> : null}
    </Button>
  )
}
