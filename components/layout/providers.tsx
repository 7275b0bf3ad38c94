'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Toaster } from 'sonner'
import { AppError, ERROR_STATUS } from '@/lib/platform/errors'

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
      <Toaster
        theme={theme}
        position="bottom-right"
        closeButton
        toastOptions={{
          classNames: {
            toast: '!bg-surface !text-ink !border-line !shadow-float !font-sans',
            description: '!text-muted',
            closeButton: '!bg-surface !text-muted !border-line',
            actionButton: '!bg-accent !text-on-accent',
            error: '[&_[data-icon]]:!text-bad',
            success: '[&_[data-icon]]:!text-good',
          },
        }}
      />
    </QueryClientProvider>
  )
}
