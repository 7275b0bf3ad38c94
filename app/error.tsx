'use client'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** Plain elements only: every page carries this one along, and it must show when others fail. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div
      role="alert"
      className="mx-auto flex w-full max-w-xl flex-col items-center gap-3 px-4 py-24 text-center"
    >
      <h2 className="font-semibold text-base">This page could not be shown</h2>
      <p className="max-w-md text-muted">
        Something went wrong on the way. Everything that was saved before is still there.
        {error.digest ? ` If it happens again, tell an admin this number: ${error.digest}` : ''}
      </p>
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        <button
          type="button"
          onClick={reset}
          className="h-9 rounded-lg bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong"
        >
          Try again
        </button>
        {/* A full load: what broke the page may still be in memory. */}
        <a
          href="/"
          className="inline-flex h-9 items-center rounded-lg border border-line bg-surface px-3.5 font-medium hover:bg-sunken"
        >
          To your projects
        </a>
      </div>
    </div>
  )
}
