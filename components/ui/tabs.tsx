'use client'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'

type TabsProps<Value extends string> = {
  value: Value
  onChange: (value: Value) => void
  tabs: readonly { value: Value; label: ReactNode }[]
  /** Names the row of tabs for screen readers. */
  label?: string
  /** What the chosen tab shows; may also stand elsewhere on the page. */
  children?: ReactNode
  className?: string
}

export function Tabs<Value extends string>({
  value,
  onChange,
  tabs,
  label,
  children,
  className,
}: TabsProps<Value>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((candidate) => candidate.value === next)
        if (tab) onChange(tab.value)
      }}
      className={cx('min-w-0', className)}
    >
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            // Without a panel of its own there is nothing to point to.
            {...(children ? {} : { 'aria-controls': undefined })}
            className="-mb-px focus-visible:-outline-offset-2 whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children ? (
        <Radix.Content value={value} className="pt-4">
          {children}
        </Radix.Content>
      ) : null}
    </Radix.Root>
  )
}
