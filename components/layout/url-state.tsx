'use client'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'

/**
 * Around the pages that keep their filters in the address (nuqs). Not around all: the review page
 * need not carry it. `export { UrlState as default }` in a segment's layout.tsx is enough.
 */
export function UrlState({ children }: { children: ReactNode }) {
  return <NuqsAdapter>{children}</NuqsAdapter>
}
