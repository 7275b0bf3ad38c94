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
        <p className="font-semibold text-[15px] text-accent tracking-tight">Closecall</p>
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-muted">{description}</p>
      </header>
      {children}
    </main>
  )
}
