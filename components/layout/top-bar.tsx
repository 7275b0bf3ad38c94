'use client'
import { createContext, type ReactNode, use, useState } from 'react'
import { createPortal } from 'react-dom'

const SlotContext = createContext<{
  slot: HTMLElement | null
  setSlot: (slot: HTMLElement | null) => void
}>({ slot: null, setSlot: () => undefined })

/** Around the shell: connects the slot in the top bar with the page that fills it. */
export function TopBarProvider({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return <SlotContext value={{ slot, setSlot }}>{children}</SlotContext>
}

/** The place itself, between navigation and avatar. */
export function TopBarSlot() {
  const { setSlot } = use(SlotContext)
  return <div ref={setSlot} className="flex min-w-0 items-center gap-4 text-[13px] text-muted" />
}

/** What a page puts inside shows in the top bar: progress, "Saved". */
export function TopBar({ children }: { children: ReactNode }) {
  const { slot } = use(SlotContext)
  return slot ? createPortal(children, slot) : null
}
