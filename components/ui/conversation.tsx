'use client'
import { useState } from 'react'
import { Button } from './button'
import { ConversationMessage, FOUND, type ShownMessage } from './conversation-message'
import { findMiddle, type TextRange } from './conversation-text'
import { findWords } from './conversation-words'

export type Highlight = TextRange & { messageIndex: number }

type ConversationProps = {
  messages: readonly ShownMessage[]
  highlights?: readonly Highlight[]
  /** Keeps the first request and the last answer in view and folds what lies between. */
  foldMiddle?: boolean
  /** False: everything is unfolded, by a key; else each fold is as it was left by hand. */
  folded?: boolean
  onFoldedChange?: (folded: boolean) => void
  /** Key that unfolds and folds everything; shown on the buttons that do a part of it. */
  foldKey?: string
  /** What someone looks for, from splitWords. */
  words?: readonly string[]
}

const NO_WORDS: readonly string[] = []

/** Messages as text, nothing of them as markup, in a measure that can be read. */
export function Conversation({
  messages,
  highlights = [],
  foldMiddle = false,
  folded: allFolded = true,
  onFoldedChange,
  foldKey,
  words = NO_WORDS,
}: ConversationProps) {
  const [isMiddleOpen, setMiddleOpen] = useState(false)
  const folded = allFolded && !isMiddleOpen
  const middle = foldMiddle ? findMiddle(messages) : null
  const found = messages.map(({ text }) => findWords(text, words))
  const toggle = () => {
    setMiddleOpen(folded)
    if (!folded) onFoldedChange?.(true)
  }
  const lastAnswer = messages.findLastIndex((message) => message.role === 'agent')
  const firstRequest = messages.findIndex((message) => message.role === 'customer')
  const isFolded = (index: number) =>
    folded && middle !== null && index >= middle.start && index < middle.end

  return (
    <ol className="grid min-w-0 max-w-[46rem] gap-3">
      {messages.map((message, index) => {
        const isEdge = middle?.start === index
        if (isFolded(index) && !isEdge) return null
        const note = noteOf(index, firstRequest, lastAnswer, messages.length)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages of a case never move
          <li key={index} className="min-w-0">
            {isEdge && middle ? (
              <FoldButton
                count={middle.end - middle.start}
                marked={highlights.some((range) => isFolded(range.messageIndex))}
                found={found.reduce((sum, { length }, at) => sum + (isFolded(at) ? length : 0), 0)}
                folded={folded}
                foldKey={foldKey}
                onClick={toggle}
              />
            ) : null}
            {isFolded(index) ? null : (
              <ConversationMessage
                // The key folds and unfolds all of it, whatever was opened by hand.
                key={String(allFolded)}
                whole={!allFolded}
                wholeKey={middle ? undefined : foldKey}
                message={message}
                note={note}
                strong={index === lastAnswer}
                highlights={highlights.filter((range) => range.messageIndex === index)}
                found={found[index] ?? []}
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
  found: number
  folded: boolean
  foldKey: string | undefined
  onClick: () => void
}

function FoldButton({ count, marked, found, folded, foldKey, onClick }: FoldButtonProps) {
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
      {found > 0 ? <mark className={FOUND}>{found} found</mark> : null}
    </Button>
  )
}
