import { Toaster } from 'sonner'

/** Short words on what an action came to, in a corner. */
export function Toasts({ theme }: { theme: 'system' | 'light' | 'dark' }) {
  return (
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
  )
}
