import { cx } from './cx'

type GlossaryProps = {
  /** What stands there before it is opened. */
  summary: string
  rows: readonly { term: string; meanings: readonly string[]; times: number }[]
  className?: string
}

/** What short signs in a text stand for; opened on demand. */
export function Glossary({ summary, rows, className }: GlossaryProps) {
  return (
    <details className={cx('min-w-0 text-[13px]', className)}>
      <summary className="w-fit cursor-pointer font-medium">{summary}</summary>
      <dl className="mt-1.5 grid max-h-72 grid-cols-[minmax(0,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 overflow-auto">
        {rows.map(({ term, meanings, times }) => (
          <div key={term} className="contents">
            <dt className="wrap-anywhere font-mono text-xs leading-5">{term}</dt>
            <dd className="wrap-anywhere">
              {meanings.map((meaning, place) => (
                <span key={meaning}>
                  {place > 0 ? <span className="text-muted"> or </span> : null}
                  {meaning}
                </span>
              ))}
              {times > 1 ? <span className="text-muted"> ({times} times)</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
