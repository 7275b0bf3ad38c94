import { Checkbox } from '@/components/ui/field'
import type { BulkCase } from '@/lib/reviews/bulk/schema'

type CaseGroupProps = {
  project: string
  group: readonly BulkCase[]
  name: string
  chosen: ReadonlySet<string>
  onChoose: (items: readonly BulkCase[], on: boolean) => void
}

export function CaseGroup({ project, group, name, chosen, onChoose }: CaseGroupProps) {
  const all = group.every(({ caseId }) => chosen.has(caseId))
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{name}</legend>
      {group.length > 1 ? (
        <Checkbox
          className="mb-2 font-medium"
          label={name}
          checked={all}
          onChange={(event) => onChoose(group, event.target.checked)}
        />
      ) : null}
      <ul className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {group.map((item) => (
          <li key={item.caseId} className="min-w-0 rounded-lg border border-line p-3">
            <Checkbox
              label={
                <span className="wrap-anywhere font-medium">{item.subject || item.externalId}</span>
              }
              checked={chosen.has(item.caseId)}
              onChange={(event) => onChoose([item], event.target.checked)}
            />
            <p className="wrap-anywhere mt-1.5 line-clamp-4 text-[13px]">{item.excerpt}</p>
            {item.evidence ? (
              <p className="wrap-anywhere mt-1.5 line-clamp-2 border-accent border-l-2 pl-2 text-[13px] text-muted">
                {item.evidence}
              </p>
            ) : null}
            <a
              className="link mt-1.5 inline-block text-[13px]"
              href={`/projects/${project}/cases/${item.caseId}`}
              target="_blank"
              rel="noreferrer"
            >
              Whole case<span className="sr-only"> {item.externalId}, in a new tab</span>
            </a>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
