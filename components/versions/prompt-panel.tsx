'use client'
import { memo, useState } from 'react'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { type PromptTab, PromptView } from './prompt-view'

type PromptPanelProps = {
  content: PromptContent
  parent: PromptContent | null
  start: PromptTab
}

/** What the model reads before each case, and what is different from the parent. */
export const PromptPanel = memo(function PromptPanel({ content, parent, start }: PromptPanelProps) {
  const [tab, setTab] = useState(start)
  return <PromptView content={content} parent={parent} tab={tab} onTab={setTab} />
})
