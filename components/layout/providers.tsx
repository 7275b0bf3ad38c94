'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { AppError, ERROR_STATUS } from '@/lib/platform/errors'

// Nothing of a page waits for it.
const Toasts = dynamic(() => import('./toasts').then((file) => file.Toasts), { ssr: false })

const RETRIES = 2

/** What the server refused it will refuse again; only its own failures are worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (error instanceof AppError && ERROR_STATUS[error.code] < 500) return false
  return failures < RETRIES
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the server has just sent with the page need not be asked for again at once.
      queries: { retry: isWorthRetrying, staleTime: 5_000 },
      mutations: { retry: false },
    },
  })
}

type ProvidersProps = { theme: 'system' | 'light' | 'dark'; children: ReactNode }

/** Everything that components find around them. */
export function Providers({ theme, children }: ProvidersProps) {
  const [client] = useState(makeQueryClient)
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toasts theme={theme} />
    </QueryClientProvider>
  )
}
