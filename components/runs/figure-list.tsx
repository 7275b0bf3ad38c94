import type { ReactNode } from 'react'

export type Figure = { name: string; value: ReactNode; note?: ReactNode }

/** Figures side by side, each with its name above and a note below. */
export function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))]">
      {figures.map(({ name, value, note }) => (
        <div key={name} className="min-w-0">
          <dt className="text-muted text-xs">{name}</dt>
          <dd>
            <span className="font-semibold text-base tabular-nums">{value}</span>
            {note ? <span className="block text-muted text-xs">{note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
