import type { ReactNode } from 'react'

/** The frame of the pages before sign-in: one calm column. */
export function Entrance({
  title,
  description,
  children,
}: {
  title: string
  description: ReactNode
  children: ReactNode
}) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid min-h-dvh w-full max-w-[27rem] content-center gap-6 px-4 py-12"
    >
      <header className="grid gap-1">
        <p className="mb-5 flex items-center gap-2.5 font-semibold text-base tracking-tight">
          <Mark />
          Closecall
        </p>
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-muted">{description}</p>
      </header>
      {children}
    </main>
  )
}

/** The same as app/icon.svg. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-8" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeWidth="3.3" strokeLinecap="round">
        <path d="M21.4 10.5a8 8 0 1 0 0 11" />
        <path d="M22.4 16h0" />
      </g>
    </svg>
  )
}
